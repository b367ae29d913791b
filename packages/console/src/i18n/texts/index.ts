// All texts, by area.
import { alerts } from "./alerts.ts";
import { codes } from "./codes.ts";
import { exchanges } from "./exchanges.ts";
import { inconsistencies } from "./inconsistencies.ts";
import { log } from "./log.ts";
import { members } from "./members.ts";
import { network } from "./network.ts";
import { overview } from "./overview.ts";
import { parts, statuses } from "./parts.ts";
import { rates } from "./rates.ts";
import { reconciliations } from "./reconciliations.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";
import { webhooks } from "./webhooks.ts";

export const catalogues = {
  alerts,
  codes,
  exchanges,
  inconsistencies,
  log,
  members,
  network,
  overview,
  parts,
  rates,
  reconciliations,
  settings,
  shell,
  statuses,
  webhooks,
};
