// Every route for every role, as one table. A new route fails here until somebody has said who may call it.
import { describe, expect, it } from "vitest";
import type { Role } from "../../src/api-keys/index.ts";
import { permit } from "../../src/http/permissions.ts";
import { HttpError } from "../../src/http/problem.ts";
import { routes } from "../../src/http/routes.ts";

/** Everybody; those for the whole node; and so on. A service and a partner only within their systems. */
const all = "viewer operator approver administrator service partner";
const wholeNode = "viewer operator approver administrator";
const operators = "operator approver administrator";
const administrator = "administrator";

const table: Readonly<Record<string, string>> = {
  createExchange: `${operators} service`,
  createExchanges: `${operators} service`,
  getExchange: all,
  listExchanges: all,
  askExchangeAgain: operators,
  rollBackExchange: operators,
  proposeWriteOff: operators,
  approveWriteOff: "approver administrator",
  createQuote: `${wholeNode} service`,
  getQuote: all,
  simulateExchange: `${wholeNode} service`,
  listOperations: all,
  getOperation: all,
  listEvents: all,
  listInconsistencies: wholeNode,
  getInconsistency: wholeNode,
  listInconsistencyHistory: wholeNode,
  assignInconsistency: operators,
  unassignInconsistency: operators,
  resolveInconsistency: operators,
  createReconciliation: operators,
  listReconciliations: all,
  getReconciliation: all,
  getReconciliationReport: all,
  addStatementLines: operators,
  listMismatches: all,
  getMismatchEvidence: all,
  assignMismatches: operators,
  awaitPartner: operators,
  noteMismatches: operators,
  resolveMismatches: operators,
  approveRepairs: "approver administrator",
  rejectRepairs: "approver administrator",
  putReconciliationPolicy: administrator,
  listReconciliationPolicies: all,
  listAlerts: wholeNode,
  getAlert: wholeNode,
  acknowledgeAlert: operators,
  putAlertChannel: administrator,
  listAlertChannels: wholeNode,
  getAlertChannel: wholeNode,
  deleteAlertChannel: administrator,
  testAlertChannel: administrator,
  openAccount: operators,
  getAccount: all,
  listAccounts: all,
  listEntries: all,
  createCredit: `${administrator} service`,
  createCredits: `${administrator} service`,
  getCredit: all,
  rollBackCredit: `${administrator} service`,
  createDebit: `${administrator} service`,
  createDebits: `${administrator} service`,
  getDebit: all,
  rollBackDebit: `${administrator} service`,
  createHold: `${administrator} service`,
  getHold: all,
  captureHold: `${administrator} service`,
  releaseHold: `${administrator} service`,
  putSystem: administrator,
  getSystem: all,
  listSystems: wholeNode,
  putCreditType: administrator,
  getCreditType: all,
  listCreditTypes: all,
  putLink: administrator,
  listLinks: all,
  approveLinkChange: "approver administrator",
  rejectLinkChange: "approver administrator",
  putLimit: administrator,
  getLimit: all,
  listLimits: all,
  deleteLimit: administrator,
  getLimitUsage: all,
  settleLimit: administrator,
  putRequestLimit: administrator,
  getRequestLimit: wholeNode,
  listRequestLimits: wholeNode,
  deleteRequestLimit: administrator,
  putRate: administrator,
  listRates: all,
  listRateHistory: all,
  listScheduledRates: all,
  listRateChanges: all,
  getRateChange: all,
  approveRateChange: "approver administrator",
  rejectRateChange: "approver administrator",
  putMapping: `${operators} service`,
  getMapping: all,
  listMappingHistory: all,
  putUser: `${operators} service`,
  eraseUser: administrator,
  getReceipt: all,
  getAuditCheckpoint: all,
  listAuditCheckpoints: all,
  listAuditEntries: wholeNode,
  getAuditedOperation: wholeNode,
  verifyAudit: wholeNode,
  getInclusionProof: all,
  getConsistencyProof: all,
  listKeys: all,
  listDataKeys: wholeNode,
  rotateDataKey: administrator,
  rotateKeys: administrator,
  createApiKey: administrator,
  listApiKeys: wholeNode,
  revokeApiKey: administrator,
  getSession: all,
  openSession: wholeNode,
  endSession: wholeNode,
  putWebhook: administrator,
  getWebhook: wholeNode,
  listWebhooks: wholeNode,
  deleteWebhook: administrator,
  rotateWebhookKeys: administrator,
  listWebhookDeliveries: wholeNode,
  replayWebhookDelivery: operators,
  replayWebhook: operators,
  testWebhook: operators,
  verifyLedger: wholeNode,
  importLines: administrator,
};

const roles: readonly Role[] = ["viewer", "operator", "approver", "administrator", "service", "partner"];

function isPermitted(role: Role, route: (typeof routes)[number]): boolean {
  const isScoped = role === "service" || role === "partner";
  const principal = isScoped ? { name: "p", role, systems: new Set(["shop"]) } : { name: "p", role };
  try {
    permit(principal, route);
    return true;
  } catch (error) {
    if (error instanceof HttpError && error.code === "forbidden") return false;
    throw error;
  }
}

describe("permissions", () => {
  it("every route is in the table, and nothing else", () => {
    expect(routes.map((route) => route.name).sort()).toEqual(Object.keys(table).sort());
  });

  it.each(routes.map((route) => [route.name, route] as const))("%s", (name, route) => {
    const permitted = roles.filter((role) => isPermitted(role, route));
    expect(permitted.sort()).toEqual((table[name] ?? "").split(" ").sort());
  });

  it("whoever reads only reads: no role but those that act may call anything else than GET and quotes", () => {
    for (const route of routes.filter((one) => one.method !== "GET")) {
      expect({ name: route.name, may: isPermitted("partner", route) }).toEqual({
        name: route.name,
        may: false,
      });
      const isAsking = route.permission === "quote" || route.permission === "sign_in";
      expect({ name: route.name, may: isPermitted("viewer", route) }).toEqual({
        name: route.name,
        may: isAsking,
      });
    }
  });
});
