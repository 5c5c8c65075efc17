import { useMutation } from "@tanstack/react-query";
import { AccountFailure } from "@/shared/account/form-parts";
import { goToProvider, type Provider } from "@/shared/auth/providers";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";

/** A button for each identity provider that people may sign in with. */
export function ProviderButtons({ providers, to }: { providers: readonly Provider[]; to?: string }) {
  const { t } = useI18n();
  const go = useMutation({ mutationFn: (key: string) => goToProvider(key, { isLink: false, to }) });
  if (providers.length === 0) return null;
  return (
    <div className="mt-4 flex flex-col gap-2 border-line border-t pt-4">
      {providers.map(({ key, name }) => (
        <Button key={key} className="h-9" disabled={go.isPending} onClick={() => go.mutate(key)}>
          {t("provider.signIn", { name })}
        </Button>
      ))}
      {go.isError && <AccountFailure error={go.error} />}
    </div>
  );
}
