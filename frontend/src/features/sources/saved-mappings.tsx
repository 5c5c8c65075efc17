import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Save, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { api, unwrap, unwrapEmpty } from "@/shared/api/client";
import { useI18n } from "@/shared/i18n/i18n";
import { Button, IconButton } from "@/shared/ui/button";
import { SelectField, TextField } from "@/shared/ui/field";
import { ErrorState } from "@/shared/ui/states";

/** The mappings that the team has kept for a kind of table. */
export const mappingsQuery = (kind: "accounts" | "companies") =>
  queryOptions({
    queryKey: ["import-mappings", kind],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/imports/mappings", { params: { query: { kind } }, signal })),
  });

/** Chooses a kept mapping, and keeps the one that is shown by a name. */
export function SavedMappings({
  kind,
  mapping,
  current,
  onChoose,
}: {
  kind: "accounts" | "companies";
  /** The mapping in use; null where the columns are found out. */
  mapping: string | null;
  /** The mapping that says what is shown. */
  current: string;
  onChoose: (mapping: string | null) => void;
}) {
  const { t } = useI18n();
  const client = useQueryClient();
  const kept = useQuery(mappingsQuery(kind));
  const [chosen, setChosen] = useState<string>("");
  const [name, setName] = useState("");
  const ids = { kept: useId(), name: useId() };
  const items = kept.data?.items ?? [];
  const selected = items.find((item) => item.id === chosen);
  const refresh = () => client.invalidateQueries({ queryKey: ["import-mappings"] });
  const keep = useMutation({
    mutationFn: async () => {
      const wanted = name.trim();
      const same = items.find((item) => item.name.toLowerCase() === wanted.toLowerCase());
      return same
        ? unwrap(
            api.PUT("/api/imports/mappings/{id}", {
              params: { path: { id: same.id } },
              body: { name: wanted, mapping: current, version: same.version },
            }),
          )
        : unwrap(api.POST("/api/imports/mappings", { body: { kind, name: wanted, mapping: current } }));
    },
    onSuccess: async (saved) => {
      await refresh();
      setChosen(saved.id);
      onChoose(saved.mapping);
    },
    onError: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      unwrapEmpty(api.DELETE("/api/imports/mappings/{id}", { params: { path: { id } } })),
    onSuccess: async () => {
      setChosen("");
      await refresh();
    },
  });
  const isSame = selected !== undefined && name.trim().toLowerCase() === selected.name.toLowerCase();
  return (
    <>
      <div className="flex flex-col gap-1">
        <label htmlFor={ids.kept} className="eyebrow">
          {t("preview.kept")}
        </label>
        <span className="flex items-center gap-1">
          <SelectField
            id={ids.kept}
            className="max-w-56"
            value={mapping === null ? "" : (selected?.id ?? "own")}
            onChange={(event) => {
              const item = items.find((item) => item.id === event.target.value);
              setChosen(item?.id ?? "");
              setName(item?.name ?? "");
              onChoose(item?.mapping ?? null);
            }}
          >
            <option value="">{t("preview.foundOut")}</option>
            {mapping !== null && !selected && <option value="own">{t("preview.corrected")}</option>}
            {items.map((item) => (
              <option key={item.id} value={item.id}>
                {item.name}
              </option>
            ))}
          </SelectField>
          {selected && (
            <IconButton
              label={t("preview.removeMapping", { name: selected.name })}
              disabled={remove.isPending}
              onClick={() => remove.mutate(selected.id)}
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          )}
        </span>
      </div>
      <form
        className="flex flex-col gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") keep.mutate();
        }}
      >
        <label htmlFor={ids.name} className="eyebrow">
          {t("preview.keepAs")}
        </label>
        <span className="flex items-center gap-1.5">
          <TextField
            id={ids.name}
            className="w-44"
            maxLength={80}
            value={name}
            placeholder={t("preview.namePlaceholder")}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" disabled={name.trim() === "" || keep.isPending}>
            <Save size={14} aria-hidden />
            {t(isSame ? "preview.keepChanges" : "preview.keep")}
          </Button>
          {keep.isSuccess && <span className="text-good text-xs">{t("preview.keptNow")}</span>}
        </span>
      </form>
      {keep.isError && <ErrorState compact error={keep.error} />}
      {remove.isError && <ErrorState compact error={remove.error} />}
      {kept.isError && <ErrorState compact error={kept.error} onRetry={() => void kept.refetch()} />}
    </>
  );
}
