import type { Catalogue } from "./en";
import { account } from "./sv/account";
import { admin } from "./sv/admin";
import { ai } from "./sv/ai";
import { codes } from "./sv/codes";
import { company } from "./sv/company";
import { exports } from "./sv/exports";
import { home } from "./sv/home";
import { imports } from "./sv/imports";
import { jobs } from "./sv/jobs";
import { lists } from "./sv/lists";
import { monitors } from "./sv/monitors";
import { notifications } from "./sv/notifications";
import { prospects } from "./sv/prospects";
import { runs } from "./sv/runs";
import { scraper } from "./sv/scraper";
import { shell } from "./sv/shell";
import { sources } from "./sv/sources";
import { templates } from "./sv/templates";
import { universe } from "./sv/universe";

/** Every text of the web app in Swedish, one file per area. */
export const sv: Catalogue = {
  ...account,
  ...admin,
  ...ai,
  ...codes,
  ...company,
  ...exports,
  ...home,
  ...imports,
  ...jobs,
  ...lists,
  ...monitors,
  ...notifications,
  ...prospects,
  ...runs,
  ...scraper,
  ...shell,
  ...sources,
  ...templates,
  ...universe,
};
