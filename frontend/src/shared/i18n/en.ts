import { account } from "./en/account";
import { admin } from "./en/admin";
import { ai } from "./en/ai";
import { codes } from "./en/codes";
import { company } from "./en/company";
import { exports } from "./en/exports";
import { home } from "./en/home";
import { imports } from "./en/imports";
import { jobs } from "./en/jobs";
import { lists } from "./en/lists";
import { monitors } from "./en/monitors";
import { notifications } from "./en/notifications";
import { prospects } from "./en/prospects";
import { runs } from "./en/runs";
import { scraper } from "./en/scraper";
import { shell } from "./en/shell";
import { sources } from "./en/sources";
import { templates } from "./en/templates";
import { universe } from "./en/universe";
import type { Message } from "./translate";

/** Every text of the web app in English, one file per area; the keys of this catalogue are the keys of all. */
export const en = {
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

export type MessageKey = keyof typeof en;
export type Catalogue = Record<MessageKey, Message>;
