import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useParams, useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { AccountFailure, FormCard } from "@/shared/account/form-parts";
import { AccountError } from "@/shared/auth/account-service";
import { finishProvider, type ProviderReturn, takeKept } from "@/shared/auth/providers";
import { missingFactor } from "@/shared/auth/second-factor";
import { loadSession } from "@/shared/auth/session";
import { useI18n } from "@/shared/i18n/i18n";
import { showToast } from "@/shared/ui/toast-store";
import { safeTarget } from "./search-params";

/** What the provider's address says; null when it signed nobody in. */
function readReturn(search: string): ProviderReturn | null {
  const parts = new URLSearchParams(search);
  const [code, state, iss] = [parts.get("code"), parts.get("state"), parts.get("iss")];
  return code && state ? { code, state, ...(iss ? { iss } : {}) } : null;
}

/** Where an identity provider sends the browser back to. */
export function ProviderPage() {
  const { t } = useI18n();
  const router = useRouter();
  const queries = useQueryClient();
  const { provider } = useParams({ from: "/login/$provider" });
  const [returned] = useState(() => readReturn(window.location.search));
  const begun = useRef(false);
  const finish = useMutation({
    mutationFn: async () => {
      await loadSession();
      const kept = takeKept(provider);
      // The provider's own words are not shown: whoever makes a link could write them.
      if (!returned) throw new AccountError("provider_refused", "the provider signed nobody in");
      if (!kept) throw new AccountError("bad_oauth_state", "this sign-in was not begun here");
      await finishProvider(kept, returned);
      return kept;
    },
    onSuccess: async ({ isLink, to }) => {
      if (isLink) {
        showToast({ text: { key: "provider.added" } });
        await router.navigate({ to: "/settings", replace: true });
        return;
      }
      // Nothing of an earlier person is shown to the next.
      queries.clear();
      const target = safeTarget(to);
      if (await missingFactor()) {
        await router.navigate({ to: "/login", search: target ? { to: target } : {}, replace: true });
      } else {
        router.history.replace(target ?? "/");
      }
    },
  });
  const start = finish.mutate;
  useEffect(() => {
    // Code and state shall stand in no history and no screenshot, and they work once.
    window.history.replaceState(window.history.state, "", window.location.pathname);
    if (begun.current) return;
    begun.current = true;
    start();
  }, [start]);
  if (!finish.isError) {
    return (
      <FormCard title={t("account.signingIn")}>
        <p role="status" className="text-ink-2">
          {t("provider.checking")}
        </p>
      </FormCard>
    );
  }
  return (
    <FormCard title={t("provider.failed")}>
      <AccountFailure error={finish.error} />
      <p className="mt-4">
        {/* A page of its own: nothing of the sign-in that failed stays. */}
        <a href="/login" className="font-medium text-accent underline underline-offset-2">
          {t("account.signIn")}
        </a>
      </p>
    </FormCard>
  );
}
