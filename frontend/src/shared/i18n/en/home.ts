import type { Message } from "../translate";

/** English texts of the home page. */
export const home = {
  "home.title": "Home",
  "home.companies": "Companies",
  "home.withFinancials": "With financials",
  "home.filings": "Filed reports",
  "home.periods": "Fiscal periods",
  "home.share": "{share} of all",
  "home.work": "Work",
  "home.workActive": { one: "{count} in progress", other: "{count} in progress" },
  "home.allRuns": "All runs",
  "home.workNone": "Nothing is running",
  "home.workNoneText": "Runs, imports and exports show up here while they work, and when they failed.",
  "home.import": "Import",
  "home.allImports": "All imports",
  "home.openUniverse": "Open the universe",
  "home.byYear": "Companies with a report, by year",
  "home.latestImport": "Latest import {ago}",
  "home.filingsMore": { one: "Show one more", other: "Show {count} more" },
  "home.screens": "Start from a screen",
  "home.screen.profitable": "Profitable and growing",
  "home.screen.profitableText": "Revenue 20–200 mkr, EBIT margin at least 10 %, growing three years",
  "home.screen.cash": "Cash rich",
  "home.screen.cashText": "Cash above 10 mkr and equity ratio of at least 50 %",
  "home.screen.turnaround": "Turnaround",
  "home.screen.turnaroundText": "Revenue above 20 mkr and a negative operating result",
} satisfies Record<string, Message>;
