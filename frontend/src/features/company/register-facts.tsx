import type { ReactNode } from "react";
import { useCodeName } from "@/shared/catalogue/fields";
import type { Company } from "@/shared/company/queries";
import { formatAgo, formatDate } from "@/shared/format/date";
import type { ValueStyle } from "@/shared/format/field-value";
import { MISSING } from "@/shared/format/number";
import { codeLabel } from "@/shared/i18n/codes";
import { Badge } from "@/shared/ui/badge";
import { Section } from "@/shared/ui/section";

/** What the registers say: identity, place, industry, procedures, activity, and when each source last said so. */
export function RegisterFacts({ company, style }: { company: Company; style: ValueStyle }) {
  const { t, locale } = style;
  const address = company.address;
  const street = address
    ? [address.care_of, address.street, [address.postcode, address.city].filter(Boolean).join(" ")].filter(
        Boolean,
      )
    : [];
  const name = useCodeName();
  const place = [company.municipality?.name, name("county", company.county?.code, company.county?.name)]
    .filter(Boolean)
    .join(", ");
  // A company that is known from its filed reports alone: one sentence instead of a column of dashes.
  const isKnown =
    company.legal_form != null ||
    company.registered_on != null ||
    place !== "" ||
    street.length > 0 ||
    company.sni.length > 0;
  return (
    <Section title={t("company.register")} className="self-start" flush>
      <dl>
        <Row label={t("company.orgnr")}>
          <span className="tabular">{company.orgnr_formatted}</span>
        </Row>
        {!isKnown && (
          <Row label={t("company.facts")}>
            <span className="text-ink-2">{t("company.noRegister")}</span>
          </Row>
        )}
        {isKnown && (
          <>
            <Row label={t("company.legalForm")}>
              {name("legal_form", company.legal_form?.code, company.legal_form?.name) || MISSING}
            </Row>
            <Row label={t("company.registered")}>
              <span className="tabular">{formatDate(company.registered_on)}</span>
            </Row>
            {company.deregistered_on && (
              <Row label={t("company.deregistered")}>
                <span className="tabular">{formatDate(company.deregistered_on)}</span>
              </Row>
            )}
            <Row label={t("company.place")}>{place || MISSING}</Row>
            <Row label={t("company.address")}>
              {street.length > 0
                ? street.map((line) => (
                    <span key={line} className="block">
                      {line}
                    </span>
                  ))
                : MISSING}
            </Row>
            <Row label={t("company.industry")}>
              {company.sni.length > 0
                ? company.sni.map((industry) => (
                    <span key={`${industry.edition}-${industry.code}`} className="flex gap-2">
                      <span className="tabular text-ink-2">{industry.code}</span>
                      <span>
                        {industry.edition === "sni2007"
                          ? name("sni", industry.code, industry.label)
                          : industry.label}
                      </span>
                    </span>
                  ))
                : MISSING}
            </Row>
          </>
        )}
        {company.procedures.length > 0 && (
          <Row label={t("company.procedures")}>
            {company.procedures.map((procedure) => (
              <span key={procedure.code} className="block">
                <Badge tone="warn">{codeLabel("procedure", procedure.code, t)}</Badge>{" "}
                {procedure.from && (
                  <span className="tabular text-ink-2 text-xs">
                    {t("company.since", { date: procedure.from })}
                  </span>
                )}
              </span>
            ))}
          </Row>
        )}
        {company.other_names.length > 0 && (
          <Row label={t("company.otherNames")}>
            {company.other_names.map((other) => other.name).join(", ")}
          </Row>
        )}
        {company.activity_description && (
          <Row label={t("company.activity")}>
            <span className="text-ink-2">{company.activity_description}</span>
          </Row>
        )}
        {company.sources.length > 0 && (
          <Row label={t("company.sources")}>
            {company.sources.map((source) => (
              <span key={source.source} className="flex justify-between gap-3">
                <span>{codeLabel("source", source.source, t)}</span>
                <span className="text-ink-3 text-xs" title={source.at}>
                  {formatAgo(source.at, locale)}
                </span>
              </span>
            ))}
          </Row>
        )}
      </dl>
    </Section>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="border-line border-b px-3.5 py-2 last:border-0">
      <dt className="text-ink-3 text-xs">{label}</dt>
      <dd className="mt-0.5 break-words">{children}</dd>
    </div>
  );
}
