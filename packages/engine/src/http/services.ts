// What the HTTP side is given to work with.
import type { AlertDelivery } from "../alerts/index.ts";
import type { ApiKeyDirectory, ConsoleSessions } from "../api-keys/index.ts";
import type { AuditLog } from "../audit/index.ts";
import type { Database } from "../database/index.ts";
import type { EventFeed } from "../events/index.ts";
import type { Crossings } from "../exchange/index.ts";
import type { Partners } from "../partner/index.ts";
import type { Posting, Quoting } from "../posting/index.ts";
import type { RateAgreements, RateRules } from "../rates/index.ts";
import type { Receipts } from "../receipts/index.ts";
import type { Reconciler } from "../reconcile/index.ts";
import type { RequestGate } from "../request-limits/index.ts";
import type { DataKeys } from "../sealing/index.ts";
import type { Summaries } from "../summaries/index.ts";
import type { Log } from "../system/index.ts";
import type { ProfileSealer, Profiles } from "../users/index.ts";
import type { Webhooks } from "../webhooks/index.ts";
import type { AcceptedKey } from "./authentication.ts";
import type { LoadSettings } from "./load-gate.ts";

export interface Services {
  readonly database: Database;
  readonly shardCount: number;
  /** Decides commands: one outcome each, in their order. */
  readonly posting: Pick<Posting, "submit"> & { readonly isFull?: () => boolean };
  /** Says what exchanges would come to. */
  readonly quoting: Pick<Quoting, "create" | "find" | "rehearse">;
  /** Makes exchanges, and goes on with those that partners have a part in. */
  readonly crossings: Pick<Crossings, "submit" | "advance">;
  /** Keys, nonces and addresses of the partner protocol, and calls to partners. */
  readonly partners: Partners;
  /** What partners compare with theirs. */
  readonly summaries: Summaries;
  /** Works on reconciliations. */
  readonly reconciler: Pick<Reconciler, "finish" | "makeApproved">;
  /** What happened, for whoever follows it. */
  readonly events: Pick<EventFeed, "read" | "follow" | "latest">;
  /** Tells alerts; holds what their channels' secrets are wrapped with. */
  readonly alerts: Pick<AlertDelivery, "test" | "masterKey">;
  /** What exchanges came to, signed by each side. */
  readonly receipts: Pick<Receipts, "read">;
  /** What was done by whom, in a tree that only grows. */
  readonly audit: AuditLog;
  /** What users are created from elsewhere. */
  readonly profiles: Profiles;
  /** The keys that seal profiles. */
  readonly dataKeys: DataKeys;
  readonly profileSealer: Pick<ProfileSealer, "wake">;
  /** Events sent to addresses of others. */
  readonly webhooks: Pick<
    Webhooks,
    "put" | "remove" | "rotate" | "replay" | "replayDelivery" | "test" | "registry"
  >;
  readonly log: Log;
  /** The keys that the node was started with, each with whom it stands for. */
  readonly acceptedKeys: readonly AcceptedKey[];
  /** The keys that were made through the API. */
  readonly apiKeys: Pick<ApiKeyDirectory, "find">;
  /** Browsers that have signed in at the console. */
  readonly sessions: ConsoleSessions;
  /** How much a rate may change without a second person, and how long it waits for one. */
  readonly rateRules: RateRules;
  /** Tells partners of changes of rates that they have to agree to. */
  readonly rateAgreements: Pick<RateAgreements, "wake">;
  /** Who may send how many requests. */
  readonly requestGate: Pick<RequestGate, "pass" | "refresh">;
  /** How much is taken on at once; the defaults if absent. */
  readonly load?: LoadSettings;
  /** Nothing new is taken: `closed-node.ts`. */
  readonly isClosed?: boolean;
  readonly version: string;
}
