// What a node is made of: what has to be given, and what may be set otherwise.
import type { DeliverySettings } from "../alerts/index.ts";
import type { AuditorSettings } from "../audit/index.ts";
import type { Database } from "../database/index.ts";
import type { Resolve } from "../egress/index.ts";
import type { FeedSettings } from "../events/index.ts";
import type { CrossingSettings } from "../exchange/index.ts";
import type { AcceptedKey, LoadSettings, Metrics } from "../http/index.ts";
import type { LineSettings, PartnerSetup } from "../partner/index.ts";
import type { PostingSettings, QuotingSettings } from "../posting/index.ts";
import type { AgreementSettings, RateRules } from "../rates/index.ts";
import type { SummarySettings } from "../summaries/index.ts";
import type { Log } from "../system/index.ts";
import type { DelivererSettings } from "../webhooks/index.ts";
import type { Activities } from "./activities.ts";

export interface NodeParts {
  readonly shardCount: number;
  readonly log: Log;
  readonly acceptedKeys: readonly AcceptedKey[];
  readonly partners: PartnerSetup;
  readonly lines?: LineSettings;
  readonly posting?: Partial<PostingSettings>;
  readonly quoting?: Partial<QuotingSettings>;
  readonly rateRules?: Partial<RateRules>;
  readonly rateAgreements?: Partial<AgreementSettings>;
  readonly summaries?: Partial<SummarySettings>;
  readonly crossings?: Partial<CrossingSettings>;
  readonly alerts?: Partial<DeliverySettings>;
  /** Mail servers that may be in a private network. */
  readonly mailRelays?: readonly string[];
  /** How long a partner is silent before that is an alert. */
  readonly partnerAlertMs?: number;
  /** It is there for one command, and tells no alerts. */
  readonly isBrief?: boolean;
  readonly feed?: Partial<FeedSettings>;
  readonly audit?: Partial<AuditorSettings>;
  /** How much is taken on at once. */
  readonly load?: Partial<LoadSettings>;
  /** It takes nothing new, since it was restored from a backup. */
  readonly isClosed?: boolean;
  readonly webhooks?: Partial<DelivererSettings>;
  /** Look-ups of the names that webhooks are sent to; the system's if absent. */
  readonly resolve?: Resolve;
  /** How long events are kept. */
  readonly eventRetentionMs?: number;
}

/** What every part is put together with. */
export interface Ground {
  readonly database: Database;
  readonly parts: NodeParts;
  readonly metrics: Metrics;
  readonly activities: Activities;
}
