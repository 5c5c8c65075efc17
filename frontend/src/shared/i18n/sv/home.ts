import type { home as english } from "../en/home";
import type { Message } from "../translate";

/** Swedish texts of the home page. */
export const home: Record<keyof typeof english, Message> = {
  "home.title": "Hem",
  "home.companies": "Företag",
  "home.withFinancials": "Med siffror",
  "home.filings": "Inlämnade rapporter",
  "home.periods": "Räkenskapsperioder",
  "home.share": "{share} av alla",
  "home.work": "Arbete",
  "home.workActive": { one: "{count} pågår", other: "{count} pågår" },
  "home.allRuns": "Alla körningar",
  "home.workNone": "Inget pågår",
  "home.workNoneText": "Körningar, importer och exporter syns här medan de arbetar, och när de misslyckats.",
  "home.import": "Import",
  "home.allImports": "Alla importer",
  "home.openUniverse": "Öppna universumet",
  "home.byYear": "Företag med bokslut, per år",
  "home.latestImport": "Senaste import {ago}",
  "home.filingsMore": { one: "Visa en till", other: "Visa {count} till" },
  "home.screens": "Börja från ett urval",
  "home.screen.profitable": "Lönsamma och växande",
  "home.screen.profitableText": "Omsättning 20–200 mkr, rörelsemarginal minst 10 %, växer i tre år",
  "home.screen.cash": "Kassastarka",
  "home.screen.cashText": "Kassa över 10 mkr och soliditet minst 50 %",
  "home.screen.turnaround": "Vändningar",
  "home.screen.turnaroundText": "Omsättning över 20 mkr och negativt rörelseresultat",
};
