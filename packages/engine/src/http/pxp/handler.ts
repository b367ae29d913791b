// What a handler of the partner protocol is given and what it answers.
import type { Evidence, PartnerBook, PartnerCaller } from "../../partner/index.ts";
import type { Services } from "../services.ts";

/** A call that was verified, whose form was accepted and whose caller may speak for what it names. */
export interface PartnerCall<B> {
  readonly caller: PartnerCaller;
  readonly body: B;
  /** The request as it was signed, to be kept with what is made under it. */
  readonly request: Evidence;
  /** Who the partners are, as of this call. */
  readonly book: PartnerBook;
}

export interface PartnerAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type PartnerHandler<B> = (call: PartnerCall<B>, services: Services) => Promise<PartnerAnswer>;
