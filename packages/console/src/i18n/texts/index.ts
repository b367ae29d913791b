// All texts, by area.
import { alerts } from "./alerts.ts";
import { audit } from "./audit.ts";
import { codes } from "./codes.ts";
import { exchanges } from "./exchanges.ts";
import { inconsistencies } from "./inconsistencies.ts";
import { limits } from "./limits.ts";
import { log } from "./log.ts";
import { members } from "./members.ts";
import { network } from "./network.ts";
import { overview } from "./overview.ts";
import { parts, statuses } from "./parts.ts";
import { rates } from "./rates.ts";
import { receipts } from "./receipts.ts";
import { reconciliations } from "./reconciliations.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";
import { webhooks } from "./webhooks.ts";

export const catalogues = {
  alerts,
  audit,
  codes,
  exchanges,
  inconsistencies,
  limits,
  log,
  members,
  network,
  overview,
  parts,
  rates,
  receipts,
  reconciliations,
  settings,
  shell,
  statuses,
  webhooks,
};
