import { useQuery } from "@tanstack/react-query";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { peopleQuery } from "@/shared/people/queries";
import { stagesQuery } from "@/shared/prospects/queries";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { PlainTable } from "@/shared/ui/plain-table";
import { useQuestion } from "./conflict-store";
import { fieldLabel, fieldName } from "./field-labels";
import { fieldValue } from "./merge";

/** Asks whose change is kept where two people changed the same field; both are shown. */
export function ConflictDialog() {
  const { t, locale } = useI18n();
  const question = useQuestion();
  const stages = useQuery(stagesQuery);
  const people = useQuery(peopleQuery);
  if (!question) return null;
  const { clashes, answer } = question;
  const words = { t, locale, stages: stages.data?.stages, people: people.data?.items };
  const first = clashes[0];
  const rows = clashes.flatMap((clash) => clash.fields.map((field) => ({ clash, field })));
  const several = clashes.length > 1;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && answer("theirs")}
      title={t("conflict.title")}
      description={
        several
          ? t("conflict.many", { count: clashes.length })
          : t("conflict.text", {
              name: personName(first?.now.updated_by_name, t) ?? t("conflict.somebody"),
              what: first?.card.name ?? first?.card.orgnr ?? "",
            })
      }
    >
      <PlainTable
        label={t("conflict.title")}
        rows={rows}
        keyOf={(row) => `${row.clash.card.id} ${row.field}`}
        columns={[
          ...(several
            ? [
                {
                  key: "name",
                  header: t("prospects.field.name"),
                  cell: (row: (typeof rows)[number]) => row.clash.card.name ?? row.clash.card.orgnr,
                },
              ]
            : []),
          { key: "field", header: t("conflict.field"), cell: (row) => fieldName(row.field, t) },
          {
            key: "mine",
            header: t("conflict.mine"),
            cell: (row) => fieldLabel(row.field, row.clash.change[row.field], words),
          },
          {
            key: "theirs",
            header: t("conflict.theirs"),
            cell: (row) => fieldLabel(row.field, fieldValue(row.clash.now, row.field), words),
          },
        ]}
      />
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={() => answer("theirs")}>{t("conflict.keepTheirs")}</Button>
        <Button look="primary" onClick={() => answer("mine")}>
          {t("conflict.keepMine")}
        </Button>
      </div>
    </Dialog>
  );
}
