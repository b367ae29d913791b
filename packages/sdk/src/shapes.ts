// The names of what goes in and comes out, taken from the document.
import type { components, operations } from "./generated/openapi.ts";
import type { Answer, Input } from "./points.ts";

type Schemas = components["schemas"];
type Filter<N extends keyof operations> = Input<Exclude<operations[N]["parameters"]["query"], undefined>>;

export type SystemInput = Input<Schemas["SystemInput"]>;
export type System = Answer<Schemas["System"]>;
export type CreditTypeInput = Input<Schemas["CreditTypeInput"]>;
export type CreditType = Answer<Schemas["CreditType"]>;
export type LinkInput = Input<Schemas["LinkInput"]>;
export type Link = Answer<Schemas["Link"]>;
export type RateInput = Input<Schemas["RateInput"]>;
export type RateChange = Answer<Schemas["RateChange"]>;
export type ExchangeRate = Answer<Schemas["ExchangeRate"]>;
export type MappingInput = Input<Schemas["MappingInput"]>;
export type Mapping = Answer<Schemas["Mapping"]>;
export type MappingResult = Answer<Schemas["MappingResult"]>;
export type MappingChange = Answer<Schemas["MappingChange"]>;
export type AccountInput = Input<Schemas["AccountInput"]>;
export type Account = Answer<Schemas["Account"]>;
export type Entry = Answer<Schemas["Entry"]>;
export type CreditInput = Input<Schemas["CreditInput"]>;
export type Credit = Answer<Schemas["Credit"]>;
export type DebitInput = Input<Schemas["DebitInput"]>;
export type Debit = Answer<Schemas["Debit"]>;
export type MovementBatchLine = Answer<Schemas["MovementBatchLine"]>;
export type HoldInput = Input<Schemas["HoldInput"]>;
export type Hold = Answer<Schemas["Hold"]>;
export type CaptureInput = Input<Schemas["CaptureInput"]>;
export type ExchangeInput = Input<Schemas["ExchangeInput"]>;
export type Exchange = Answer<Schemas["Exchange"]>;
export type ExchangeStep = Answer<Schemas["ExchangeStep"]>;
export type ExchangeBatchLine = Answer<Schemas["ExchangeBatchLine"]>;
export type Failure = Answer<Schemas["Failure"]>;
export type ImportKind = operations["importLines"]["parameters"]["path"]["kind"];
export type ImportInput = Input<Schemas["ImportInput"]>;
export type ImportResult = Answer<Schemas["ImportResult"]>;
export type ImportError = Answer<Schemas["ImportError"]>;
export type LedgerVerification = Answer<Schemas["LedgerVerification"]>;

export type PageFilter = Filter<"listSystems">;
export type LinkFilter = Filter<"listLinks">;
export type RateFilter = Filter<"listRates">;
export type MappingFilter = Filter<"getMapping">;
export type MappingHistoryFilter = Filter<"listMappingHistory">;
export type AccountFilter = Filter<"listAccounts">;
export type ExchangeFilter = Filter<"listExchanges">;
