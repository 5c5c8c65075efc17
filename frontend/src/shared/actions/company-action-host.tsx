import { closeCompanyAction, useOpenAction } from "./company-actions";

/** Where the window of a company action appears; one stands in the shell. */
export function CompanyActionHost() {
  const open = useOpenAction();
  if (!open) return null;
  const { Surface } = open.action;
  return <Surface companies={open.companies} onClose={closeCompanyAction} onDone={open.onDone} />;
}
