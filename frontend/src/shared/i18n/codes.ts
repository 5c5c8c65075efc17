import type { MessageKey } from "./en";
import type { Translate } from "./i18n";

/** Words for the codes that the server sends without a label. A code that is not known here is shown as it is. */
const WORDS: Record<string, MessageKey> = {
  "framework.k2": "code.framework.k2",
  "framework.k3": "code.framework.k3",
  "framework.ifrs": "code.framework.ifrs",
  "framework.norwegian_gaap": "code.framework.norwegian_gaap",
  "framework.unknown": "code.framework.unknown",
  "filing.annual_report": "code.filing.annual_report",
  "filing.esef_report": "code.filing.esef_report",
  "filing.register_accounts": "code.filing.register_accounts",
  "filing.table": "code.filing.table",
  "filing.demo": "code.filing.demo",
  "import.filings": "code.import.filings",
  "import.register": "code.import.register",
  "import.scb": "code.import.scb",
  "import.organisations": "code.import.organisations",
  "import.accounts": "code.import.accounts",
  "import.companies": "code.import.companies",
  "import.demo": "code.filing.demo",
  "source.bolagsverket": "code.source.bolagsverket",
  "source.scb": "code.source.scb",
  "source.filings": "code.import.filings",
  "source.filing": "code.import.filings",
  "source.demo": "code.filing.demo",
  "procedure.KK": "code.procedure.KK",
  "procedure.LI": "code.procedure.LI",
  "procedure.FR": "code.procedure.FR",
  "procedure.AC": "code.procedure.AC",
  "procedure.RES": "code.procedure.RES",
  "procedure.FUOL": "code.procedure.FUOL",
  "procedure.FUOT": "code.procedure.FUOT",
  "procedure.DEOL": "code.procedure.DEOL",
  "procedure.DEOT": "code.procedure.DEOT",
};

export type CodeTable = "framework" | "filing" | "import" | "source" | "procedure";

/** A code in words. */
export function codeLabel(table: CodeTable, code: string, t: Translate): string {
  const key = WORDS[`${table}.${code}`];
  return key ? t(key) : code.replaceAll("_", " ");
}
