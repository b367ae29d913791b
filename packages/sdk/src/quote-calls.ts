// Quotes: prices that are kept for one exchange each.
import type { Quote, QuoteInput } from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export class QuoteCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Asks for a price. Give its `quote_id` to the exchange before `expires_at`; asking again gives another quote.
   * @throws PointbridgeError with the code with which the exchange would be refused for its route, rate or amount
   */
  create(input: QuoteInput, options?: CallOptions): Promise<Quote> {
    return this.#transport.call("post", "/v1/quotes", { body: input }, options);
  }

  get(quoteId: string, options?: CallOptions): Promise<Quote> {
    return this.#transport.call("get", "/v1/quotes/{quote_id}", { path: { quote_id: quoteId } }, options);
  }
}
