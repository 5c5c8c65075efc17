import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, UserPlus, Users } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { SecretBox } from "@/shared/account/secret-box";
import { api, type Got, unwrap, unwrapEmpty } from "@/shared/api/client";
import { meQuery } from "@/shared/auth/me";
import { useSession } from "@/shared/auth/session";
import { formatAgo, formatDate, formatDateTime } from "@/shared/format/date";
import { MISSING } from "@/shared/format/number";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { Badge } from "@/shared/ui/badge";
import { Button, IconButton } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { Dialog } from "@/shared/ui/dialog";
import { LabelledField, SelectField } from "@/shared/ui/field";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast, type ToastText } from "@/shared/ui/toast-store";

type User = Got<"/api/admin/users">["items"][number];
type AccountLink = { path: string; expires_at: string };

/** The link that was made; null for one that is mailed. */
function asLink({
  path,
  expires_at,
}: {
  path?: string | null;
  expires_at?: string | null;
}): AccountLink | null {
  return path && expires_at ? { path, expires_at } : null;
}

const ROLES = ["viewer", "analyst", "partner", "admin"] as const;
const KEY = ["admin", "users"];

/** Everybody who may get in: roles, invitations, who is kept out. */
export function UsersTab() {
  const { t, locale } = useI18n();
  const queries = useQueryClient();
  const me = useQuery(meQuery);
  const [isInviting, setIsInviting] = useState(false);
  const [link, setLink] = useState<AccountLink | null>(null);
  const users = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => unwrap(api.GET("/api/admin/users", { signal })),
  });
  const change = useMutation({
    mutationFn: ({
      user,
      body,
    }: {
      user: User;
      body: { role?: string; disabled?: boolean };
      told: ToastText;
    }) => unwrap(api.PATCH("/api/admin/users/{id}", { params: { path: { id: user.id } }, body })),
    onSuccess: (_, { user, body, told }) =>
      showToast({ text: told, undo: () => takeBack(user, body.role !== undefined) }),
    onError: (error) => showFailure("users.changeFailed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  /** Gives the person back what they had before. */
  const takeBack = async (before: User, wasRole: boolean) => {
    const body = wasRole ? { role: before.role } : { disabled: Boolean(before.disabled_at) };
    await unwrap(api.PATCH("/api/admin/users/{id}", { params: { path: { id: before.id } }, body }));
    await queries.invalidateQueries({ queryKey: KEY });
  };
  const makeLink = useMutation({
    mutationFn: (user: User) =>
      unwrap(api.POST("/api/admin/users/{id}/link", { params: { path: { id: user.id } } })),
    onSuccess: (made) => setLink(asLink(made)),
    onError: (error) => showFailure("users.changeFailed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const signOut = useMutation({
    mutationFn: ({ id }: User) =>
      unwrapEmpty(api.POST("/api/admin/users/{id}/sign_out", { params: { path: { id } } })),
    onSuccess: (_, user) =>
      showToast({ text: { key: "users.signedOut", values: { name: personName(user.display_name, t) } } }),
    onError: (error) => showFailure("users.changeFailed", error),
  });
  const [losing, setLosing] = useState<User | null>(null);
  const resetFactor = useMutation({
    mutationFn: ({ id }: User) =>
      unwrapEmpty(api.DELETE("/api/admin/users/{id}/second_factor", { params: { path: { id } } })),
    onSuccess: (_, user) =>
      showToast({ text: { key: "users.factorReset", values: { name: personName(user.display_name, t) } } }),
    onError: (error) => showFailure("users.changeFailed", error),
  });
  const [erasing, setErasing] = useState<User | null>(null);
  const erase = useMutation({
    mutationFn: ({ id }: User) =>
      unwrapEmpty(api.DELETE("/api/admin/users/{id}/personal_data", { params: { path: { id } } })),
    onSuccess: () => showToast({ text: { key: "users.erased" } }),
    onError: (error) => showFailure("users.changeFailed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const hasAccounts = users.data?.has_accounts ?? false;
  const session = useSession();
  return (
    <Section
      title={t("admin.tab.users")}
      note={session?.kind === "supabase" ? t("users.supabaseNote") : undefined}
      flush
      actions={
        hasAccounts && (
          <Button look="primary" onClick={() => setIsInviting(true)}>
            <UserPlus size={14} aria-hidden /> {t("users.invite")}
          </Button>
        )
      }
    >
      {users.isPending ? (
        <LoadingBlock lines={4} />
      ) : users.isError ? (
        <ErrorState error={users.error} onRetry={() => void users.refetch()} />
      ) : users.data.items.length === 0 ? (
        <EmptyState title={t("users.none")} icon={<Users size={20} aria-hidden />}>
          {t("users.noneText")}
        </EmptyState>
      ) : (
        <PlainTable<User>
          label={t("admin.tab.users")}
          rows={users.data.items}
          keyOf={(user) => user.id}
          columns={[
            {
              key: "person",
              header: t("users.person"),
              cell: (user) => (
                <span className="flex flex-wrap items-center gap-x-2">
                  <span className="font-medium">{personName(user.display_name, t)}</span>
                  <span className="text-ink-2">{user.email}</span>
                  {user.id === me.data?.id && <Badge tone="accent">{t("users.you")}</Badge>}
                  {user.erasure_asked_at && <Badge tone="warn">{t("users.asksErasure")}</Badge>}
                </span>
              ),
            },
            {
              key: "role",
              header: t("users.role"),
              cell: (user) =>
                user.origin === "builtin" && user.id !== me.data?.id ? (
                  <SelectField
                    aria-label={`${t("users.role")}: ${personName(user.display_name, t)}`}
                    className="h-6 text-xs"
                    value={user.role}
                    disabled={change.isPending}
                    onChange={(event) => {
                      const role = event.target.value;
                      const words = t(`role.${role}` as MessageKey);
                      const values = { name: personName(user.display_name, t), role: words };
                      change.mutate({ user, body: { role }, told: { key: "users.roleChanged", values } });
                    }}
                  >
                    {ROLES.map((role) => (
                      <option key={role} value={role}>
                        {t(`role.${role}`)}
                      </option>
                    ))}
                  </SelectField>
                ) : (
                  t(`role.${user.role}` as MessageKey)
                ),
            },
            { key: "state", header: t("users.state"), cell: (user) => <UserState user={user} /> },
            {
              key: "seen",
              wide: true,
              header: t("users.seen"),
              className: "whitespace-nowrap",
              cell: (user) =>
                user.last_seen_at ? (
                  <span title={formatDateTime(user.last_seen_at)}>
                    {formatAgo(user.last_seen_at, locale)}
                  </span>
                ) : (
                  MISSING
                ),
            },
            {
              key: "since",
              wide: true,
              header: t("users.since"),
              className: "tabular whitespace-nowrap",
              cell: (user) => formatDate(user.created_at),
            },
            {
              key: "actions",
              header: <span className="sr-only">{t("audit.action")}</span>,
              align: "right",
              cell: (user) =>
                user.id === me.data?.id ? null : (
                  <Menu
                    align="end"
                    trigger={
                      <IconButton
                        size="sm"
                        label={t("users.actions", { name: personName(user.display_name, t) })}
                      >
                        <Ellipsis size={15} aria-hidden />
                      </IconButton>
                    }
                  >
                    {user.origin === "builtin" && (
                      <>
                        <MenuItem onSelect={() => makeLink.mutate(user)}>
                          {t(user.is_invited ? "users.newInvitation" : "users.newPasswordLink")}
                        </MenuItem>
                        <MenuItem onSelect={() => signOut.mutate(user)}>{t("users.signOut")}</MenuItem>
                        <MenuItem onSelect={() => setLosing(user)}>{t("users.resetFactor")}</MenuItem>
                      </>
                    )}
                    <MenuItem
                      onSelect={() => {
                        const key = user.disabled_at ? "users.letIn" : "users.keptOut";
                        const told: ToastText = { key, values: { name: personName(user.display_name, t) } };
                        change.mutate({ user, body: { disabled: !user.disabled_at }, told });
                      }}
                    >
                      {t(user.disabled_at ? "users.enable" : "users.disable")}
                    </MenuItem>
                    <MenuItem onSelect={() => setErasing(user)}>{t("users.erase")}</MenuItem>
                  </Menu>
                ),
            },
          ]}
        />
      )}
      {isInviting && (
        <InviteDialog
          mailsLinks={users.data?.mails_links ?? false}
          onClose={() => setIsInviting(false)}
          onMade={(made) => {
            setIsInviting(false);
            setLink(made);
          }}
        />
      )}
      {erasing && (
        <ConfirmDialog
          title={t("users.erase")}
          text={t("users.eraseNote", { name: personName(erasing.display_name, t) })}
          action={t("users.erase")}
          onConfirm={() => erase.mutate(erasing)}
          onClose={() => setErasing(null)}
        />
      )}
      {losing && (
        <ConfirmDialog
          title={t("users.resetFactor")}
          text={t("users.resetFactorNote", { name: personName(losing.display_name, t) })}
          action={t("users.resetFactor")}
          onConfirm={() => resetFactor.mutate(losing)}
          onClose={() => setLosing(null)}
        />
      )}
      {link && <LinkDialog link={link} onClose={() => setLink(null)} />}
    </Section>
  );
}

function UserState({ user }: { user: User }) {
  const { t } = useI18n();
  if (user.disabled_at) return <Badge tone="bad">{t("users.disabled")}</Badge>;
  if (!user.is_invited) return <Badge tone="good">{t("users.active")}</Badge>;
  const until = user.invitation_expires_at;
  return until ? (
    <Badge tone="accent" title={formatDateTime(until)}>
      {t("users.invited")}
    </Badge>
  ) : (
    <Badge tone="warn">{t("users.invitationOver")}</Badge>
  );
}

function InviteDialog({
  mailsLinks,
  onClose,
  onMade,
}: {
  mailsLinks: boolean;
  onClose: () => void;
  onMade: (link: AccountLink | null) => void;
}) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const roleId = useId();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<string>("analyst");
  const invite = useMutation({
    mutationFn: (byEmail: boolean) =>
      unwrap(
        api.POST("/api/admin/users", {
          body: { email: email.trim(), role, display_name: name.trim() || null, by_email: byEmail },
        }),
      ),
    onSuccess: async (made, byEmail) => {
      if (byEmail) showToast({ text: { key: "users.mailed", values: { email: email.trim() } } });
      onMade(asLink(made));
      await queries.invalidateQueries({ queryKey: KEY });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    invite.mutate(submitter?.getAttribute("value") === "email");
  };
  const note = mailsLinks ? "users.inviteMailNote" : "users.inviteNote";
  return (
    <Dialog open onOpenChange={onClose} title={t("users.inviteTitle")} description={t(note)}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <LabelledField
          label={t("account.email")}
          type="email"
          autoComplete="off"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <LabelledField
          label={t("tokens.name")}
          autoComplete="off"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="flex flex-col items-start gap-1">
          <label htmlFor={roleId} className="font-medium text-xs">
            {t("users.role")}
          </label>
          <SelectField id={roleId} value={role} onChange={(event) => setRole(event.target.value)}>
            {ROLES.map((entry) => (
              <option key={entry} value={entry}>
                {t(`role.${entry}`)}
              </option>
            ))}
          </SelectField>
        </div>
        {invite.isError && <ErrorState compact error={invite.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("account.cancel")}</Button>
          {/* First, so that the Enter key means it; shown last, where the main action stands. */}
          {mailsLinks && (
            <Button
              look="primary"
              type="submit"
              value="email"
              className="order-last"
              disabled={invite.isPending}
            >
              {t("users.sendEmail")}
            </Button>
          )}
          <Button
            look={mailsLinks ? "plain" : "primary"}
            type="submit"
            value="link"
            disabled={invite.isPending}
          >
            {t("users.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function LinkDialog({ link, onClose }: { link: AccountLink; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("users.link")}
      description={t("users.linkNote", { until: formatDateTime(link.expires_at) })}
    >
      <SecretBox label={t("users.link")} value={`${location.origin}${link.path}`} />
      <div className="mt-4 flex justify-end">
        <Button look="primary" onClick={onClose}>
          {t("tokens.done")}
        </Button>
      </div>
    </Dialog>
  );
}
