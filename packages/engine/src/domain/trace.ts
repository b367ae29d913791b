// Where an exchange comes from, carried along to partners and into log lines: it changes nothing.

export interface TraceContext {
  /** Of the request that asked for the exchange. */
  readonly requestId: string;
  /** W3C trace context, as the caller gave it. */
  readonly traceparent?: string;
}
