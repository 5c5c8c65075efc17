import type { codes as english } from "../en/codes";
import type { Message } from "../translate";

/** Swedish texts of codes that the server sends. */
export const codes: Record<keyof typeof english, Message> = {
  "identity.balance_sheet": "summa tillgångar ≠ eget kapital, reserver, avsättningar och skulder",
  "identity.assets": "anläggnings- + omsättningstillgångar ≠ summa tillgångar",
  "identity.financial_items": "rörelseresultat + finansnetto ≠ resultat efter finansiella poster",
  "identity.appropriations":
    "resultat efter finansiella poster + bokslutsdispositioner ≠ resultat före skatt",
  "identity.tax": "resultat före skatt − skatt ≠ årets resultat",
  "identity.scale": "läst i fel enhet, som andra år, anställda eller aktiekapital visar",
  "identity.signs": "kostnader med fel tecken",

  "code.framework.k2": "K2",
  "code.framework.k3": "K3",
  "code.framework.ifrs": "IFRS",
  "code.framework.norwegian_gaap": "Norska regler",
  "code.framework.unknown": "Okänt regelverk",
  "code.filing.annual_report": "Årsredovisning",
  "code.filing.esef_report": "Årsredovisning (ESEF)",
  "code.filing.register_accounts": "Regnskapsregisteret",
  "code.filing.table": "Tabell",
  "code.filing.demo": "Medföljande data",
  "code.import.filings": "Inlämnade rapporter",
  "code.import.register": "Företagsregistret",
  "code.import.scb": "SCB",
  "code.import.organisations": "Registersvar",
  "code.import.accounts": "Räkenskaper",
  "code.import.companies": "Företag från en tabell",
  "code.source.bolagsverket": "Bolagsverket",
  "code.source.scb": "SCB",
  "code.procedure.KK": "Konkurs",
  "code.procedure.LI": "Likvidation",
  "code.procedure.FR": "Rekonstruktion",
  "code.procedure.AC": "Ackord",
  "code.procedure.RES": "Resolution",
  "code.procedure.FUOL": "Fusion (överlåtande)",
  "code.procedure.FUOT": "Fusion (övertagande)",
  "code.procedure.DEOL": "Delning (överlåtande)",
  "code.procedure.DEOT": "Delning (övertagande)",
};
