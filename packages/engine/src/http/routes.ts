// Every route of /v1, in the order in which the document shows them.
import { accountRoutes } from "./accounts.ts";
import { alertChannelRoutes } from "./alert-channels.ts";
import { alertRoutes } from "./alerts.ts";
import { apiKeyRoutes } from "./api-keys.ts";
import { auditRoutes } from "./audit.ts";
import { creditTypeRoutes } from "./credit-types.ts";
import { creditRoutes, debitRoutes } from "./credits.ts";
import { dataKeyRoutes } from "./data-keys.ts";
import { eventRoutes } from "./events.ts";
import { exchangeVerbRoutes } from "./exchange-verbs.ts";
import { exchangeRoutes } from "./exchanges.ts";
import { grantRoutes } from "./grants.ts";
import { holdRoutes } from "./holds.ts";
import { importRoutes } from "./imports.ts";
import { inconsistencyRoutes } from "./inconsistencies.ts";
import { keyRoutes } from "./keys.ts";
import { ledgerRoutes } from "./ledger.ts";
import { limitRoutes } from "./limits.ts";
import { linkRoutes } from "./links.ts";
import { mappingRoutes } from "./mappings.ts";
import { operationRoutes } from "./operations.ts";
import { quoteRoutes } from "./quotes.ts";
import { rateChangeRoutes } from "./rate-changes.ts";
import { rateRoutes } from "./rates.ts";
import { receiptRoutes } from "./receipts.ts";
import { mismatchRoutes } from "./reconciliation-mismatches.ts";
import { reconciliationPolicyRoutes } from "./reconciliation-policies.ts";
import { reconciliationRoutes } from "./reconciliations.ts";
import { requestLimitRoutes } from "./request-limits.ts";
import type { Route } from "./route.ts";
import { sessionRoutes } from "./sessions.ts";
import { systemRoutes } from "./systems.ts";
import { userRoutes } from "./users.ts";
import { webhookRoutes } from "./webhooks.ts";

export const routes: readonly Route[] = [
  ...exchangeRoutes,
  ...exchangeVerbRoutes,
  ...receiptRoutes,
  ...quoteRoutes,
  ...operationRoutes,
  ...eventRoutes,
  ...inconsistencyRoutes,
  ...reconciliationRoutes,
  ...mismatchRoutes,
  ...reconciliationPolicyRoutes,
  ...alertRoutes,
  ...alertChannelRoutes,
  ...accountRoutes,
  ...creditRoutes,
  ...debitRoutes,
  ...holdRoutes,
  ...systemRoutes,
  ...creditTypeRoutes,
  ...linkRoutes,
  ...limitRoutes,
  ...grantRoutes,
  ...requestLimitRoutes,
  ...rateRoutes,
  ...rateChangeRoutes,
  ...mappingRoutes,
  ...userRoutes,
  ...keyRoutes,
  ...dataKeyRoutes,
  ...apiKeyRoutes,
  ...sessionRoutes,
  ...webhookRoutes,
  ...ledgerRoutes,
  ...auditRoutes,
  ...importRoutes,
];
