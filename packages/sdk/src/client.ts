// The client: its settings, and the resources that it speaks of.
import { AccountCalls, CreditCalls, DebitCalls, HoldCalls } from "./account-calls.ts";
import { AlertCalls, AlertChannelCalls } from "./alert-calls.ts";
import { ApiKeyCalls } from "./api-key-calls.ts";
import { AuditCalls } from "./audit-calls.ts";
import {
  CreditTypeCalls,
  LinkCalls,
  MappingCalls,
  RateCalls,
  SystemCalls,
  UserCalls,
} from "./catalog-calls.ts";
import { EventCalls } from "./event-calls.ts";
import { ExchangeCalls } from "./exchange-calls.ts";
import { GrantCalls } from "./grant-calls.ts";
import { InconsistencyCalls } from "./inconsistency-calls.ts";
import { LimitCalls, RequestLimitCalls } from "./limit-calls.ts";
import { ImportCalls, KeyCalls, LedgerCalls } from "./node-calls.ts";
import { OperationCalls } from "./operation-calls.ts";
import { QuoteCalls } from "./quote-calls.ts";
import { ReconciliationCalls } from "./reconciliation-calls.ts";
import { SessionCalls } from "./session-calls.ts";
import { type Fetch, Transport } from "./transport.ts";
import { WebhookCalls } from "./webhook-calls.ts";

export interface ClientSettings {
  /** The node's address; /v1 comes after it. */
  readonly url: string;
  /** Null on a page of the node itself, where the browser has signed in and sends its cookie. */
  readonly apiKey: string | null;
  /** Instead of the platform's; must heed its `signal`. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds that one attempt may take; 30 000 if absent. */
  readonly timeoutMs?: number | undefined;
  /** Further attempts where one says nothing about the outcome; 3 if absent, 0 for none. */
  readonly retries?: number | undefined;
}

const defaultTimeoutMs = 30_000;
const defaultRetries = 3;
const longestTimeoutMs = 2 ** 31 - 1;

function readUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new TypeError(`url must be the http or https address of a node, not ${JSON.stringify(text)}`);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new TypeError("url must have no user, password, query or fragment; the key goes into apiKey");
  }
  return url.href.replace(/\/+$/, "");
}

function readWholeNumber(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new TypeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
}

export class Client {
  readonly exchanges: ExchangeCalls;
  readonly quotes: QuoteCalls;
  readonly accounts: AccountCalls;
  readonly credits: CreditCalls;
  readonly debits: DebitCalls;
  readonly holds: HoldCalls;
  readonly systems: SystemCalls;
  readonly creditTypes: CreditTypeCalls;
  readonly limits: LimitCalls;
  readonly grants: GrantCalls;
  readonly requestLimits: RequestLimitCalls;
  readonly links: LinkCalls;
  readonly rates: RateCalls;
  readonly mappings: MappingCalls;
  readonly users: UserCalls;
  readonly keys: KeyCalls;
  readonly apiKeys: ApiKeyCalls;
  readonly session: SessionCalls;
  readonly operations: OperationCalls;
  readonly events: EventCalls;
  readonly inconsistencies: InconsistencyCalls;
  readonly alerts: AlertCalls;
  readonly alertChannels: AlertChannelCalls;
  readonly reconciliations: ReconciliationCalls;
  readonly webhooks: WebhookCalls;
  readonly imports: ImportCalls;
  readonly ledger: LedgerCalls;
  readonly audit: AuditCalls;

  constructor(settings: ClientSettings) {
    // A key that no header can hold would look like a node that can't be reached.
    if (settings.apiKey !== null && !/^[\x21-\x7e]+$/.test(settings.apiKey)) {
      throw new TypeError("apiKey must be one or more printable ASCII characters without spaces");
    }
    const transport = new Transport({
      url: readUrl(settings.url),
      apiKey: settings.apiKey,
      fetch: settings.fetch ?? ((url, request) => globalThis.fetch(url, request)),
      timeoutMs: readWholeNumber("timeoutMs", settings.timeoutMs ?? defaultTimeoutMs, 1, longestTimeoutMs),
      retries: readWholeNumber("retries", settings.retries ?? defaultRetries, 0, 100),
    });
    this.exchanges = new ExchangeCalls(transport);
    this.quotes = new QuoteCalls(transport);
    this.accounts = new AccountCalls(transport);
    this.credits = new CreditCalls(transport);
    this.debits = new DebitCalls(transport);
    this.holds = new HoldCalls(transport);
    this.systems = new SystemCalls(transport);
    this.creditTypes = new CreditTypeCalls(transport);
    this.limits = new LimitCalls(transport);
    this.grants = new GrantCalls(transport);
    this.requestLimits = new RequestLimitCalls(transport);
    this.links = new LinkCalls(transport);
    this.rates = new RateCalls(transport);
    this.mappings = new MappingCalls(transport);
    this.users = new UserCalls(transport);
    this.keys = new KeyCalls(transport);
    this.apiKeys = new ApiKeyCalls(transport);
    this.session = new SessionCalls(transport);
    this.operations = new OperationCalls(transport);
    this.events = new EventCalls(transport);
    this.inconsistencies = new InconsistencyCalls(transport);
    this.alerts = new AlertCalls(transport);
    this.alertChannels = new AlertChannelCalls(transport);
    this.reconciliations = new ReconciliationCalls(transport);
    this.webhooks = new WebhookCalls(transport);
    this.imports = new ImportCalls(transport);
    this.ledger = new LedgerCalls(transport);
    this.audit = new AuditCalls(transport);
  }
}

/** @throws TypeError where a setting can't be used */
export function createClient(settings: ClientSettings): Client {
  return new Client(settings);
}
