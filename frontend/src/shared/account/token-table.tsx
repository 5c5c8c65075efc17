import { useState } from "react";
import type { Got } from "@/shared/api/client";
import { formatAgo, formatDate, formatDateTime } from "@/shared/format/date";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { type PlainColumn, PlainTable } from "@/shared/ui/plain-table";

export type ApiToken = Got<"/api/tokens">["items"][number];

/** API tokens with what they are for, and a button that takes each back after a question. */
export function TokenTable({
  tokens,
  withOwner = false,
  onRevoke,
}: {
  tokens: readonly ApiToken[];
  withOwner?: boolean;
  onRevoke: (token: ApiToken) => void;
}) {
  const { t, locale } = useI18n();
  const [asked, setAsked] = useState<ApiToken | null>(null);
  const owner: PlainColumn<ApiToken> = {
    key: "owner",
    header: t("tokens.owner"),
    className: "max-w-56 truncate",
    cell: (token) => personName(token.user_email, t),
  };
  const columns: PlainColumn<ApiToken>[] = [
    {
      key: "name",
      header: t("tokens.name"),
      cell: (token) => (
        <>
          <span className="font-medium">{token.name}</span>{" "}
          <code className="font-mono text-2xs text-ink-3">{token.hint}…</code>
        </>
      ),
    },
    ...(withOwner ? [owner] : []),
    {
      key: "scopes",
      header: t("tokens.scopes"),
      cell: (token) => (
        <span className="flex gap-1">
          {token.scopes.map((scope) => (
            <Badge key={scope} title={t(`scope.${scope}.note` as MessageKey)}>
              {t(`scope.${scope}` as MessageKey)}
            </Badge>
          ))}
        </span>
      ),
    },
    {
      key: "expires",
      header: t("tokens.expires"),
      className: "tabular whitespace-nowrap",
      cell: (token) =>
        token.is_expired ? (
          <Badge tone="warn">{t("tokens.expired")}</Badge>
        ) : token.expires_at ? (
          formatDate(token.expires_at)
        ) : (
          t("tokens.never")
        ),
    },
    {
      key: "used",
      header: t("tokens.used"),
      className: "whitespace-nowrap",
      cell: (token) =>
        token.last_used_at ? (
          <span title={formatDateTime(token.last_used_at)}>{formatAgo(token.last_used_at, locale)}</span>
        ) : (
          t("tokens.unused")
        ),
    },
    {
      key: "revoke",
      header: <span className="sr-only">{t("tokens.revoke")}</span>,
      align: "right",
      cell: (token) => (
        <Button look="ghost" size="sm" onClick={() => setAsked(token)}>
          {t("tokens.revoke")}
          <span className="sr-only">{token.name}</span>
        </Button>
      ),
    },
  ];
  return (
    <>
      <PlainTable label={t("tokens.title")} rows={tokens} keyOf={(token) => token.id} columns={columns} />
      {asked && (
        <Dialog
          open
          onOpenChange={() => setAsked(null)}
          title={t("tokens.revokeTitle", { name: asked.name })}
        >
          <p>{t("tokens.revokeText")}</p>
          <div className="mt-4 flex justify-end gap-2">
            <Button onClick={() => setAsked(null)}>{t("account.cancel")}</Button>
            <Button
              look="primary"
              onClick={() => {
                onRevoke(asked);
                setAsked(null);
              }}
            >
              {t("tokens.revoke")}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
