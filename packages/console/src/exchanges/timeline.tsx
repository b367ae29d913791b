// What happened to an exchange, step by step: when, for how long, how often it was tried, what went wrong.
import type { Exchange, ExchangeStep } from "@pointbridge/sdk";
import { type ReactNode, useMemo } from "react";
import { useTexts } from "../i18n/index.ts";
import { formatDuration, useNow, When } from "../parts/index.ts";

interface Span {
  readonly step: ExchangeStep;
  readonly fromMs: number;
  readonly toMs: number;
}

function isOver(exchange: Exchange): boolean {
  return exchange.status === "completed" || exchange.status === "failed";
}

/** Each step takes from the end of the one before it; one that waits takes until now. */
function toSpans(exchange: Exchange, nowMs: number): Span[] {
  let beforeMs = Date.parse(exchange.created_at);
  return exchange.steps.map((step) => {
    const atMs = Date.parse(step.at);
    const fromMs = step.status === "pending" ? Math.max(atMs, beforeMs) : Math.min(beforeMs, atMs);
    const toMs = step.status === "pending" ? Math.max(nowMs, atMs) : atMs;
    beforeMs = Math.max(beforeMs, toMs);
    return { step, fromMs, toMs };
  });
}

function placeOf(step: ExchangeStep["step"], exchange: Exchange): string {
  const isTarget = step === "add_target_credits" || step === "rollback_target_addition";
  return isTarget ? exchange.target_system : exchange.source_system;
}

function Row({
  span,
  exchange,
  range,
}: {
  readonly span: Span;
  readonly exchange: Exchange;
  readonly range: readonly [number, number];
}): ReactNode {
  const { t, find } = useTexts();
  const { step, fromMs, toMs } = span;
  const [startMs, lengthMs] = range;
  const left = ((fromMs - startMs) / lengthMs) * 100;
  const width = Math.max(0.8, ((toMs - fromMs) / lengthMs) * 100);
  const duration = formatDuration(toMs - fromMs);
  return (
    <li className={`step step-${step.status}`}>
      <span className="step-dot" aria-hidden="true" />
      <div className="step-what">
        <p className="step-name">
          {t(`exchanges.step${step.step}`)}{" "}
          <span className="faint">{t("exchanges.atSystem", { system: placeOf(step.step, exchange) })}</span>
        </p>
        {step.attempts === undefined && step.error === undefined ? null : (
          <p className="step-more">
            {step.attempts === undefined ? null : (
              <span>{t("exchanges.attempts", { count: step.attempts })}</span>
            )}
            {step.error === undefined ? null : (
              <span className="step-error">{find("codes", step.error) ?? step.error}</span>
            )}
          </p>
        )}
      </div>
      <div className="step-bar-track" aria-hidden="true">
        <div
          className="step-bar"
          style={{
            marginLeft: `${Math.min(left, 99.2)}%`,
            width: `${Math.min(width, 100 - Math.min(left, 99.2))}%`,
          }}
        />
      </div>
      <span className="step-took number">
        {step.status === "pending" ? t("exchanges.since", { duration }) : duration}
      </span>
      <span className="step-at">
        <When at={step.at} />
      </span>
    </li>
  );
}

export function Timeline({ exchange }: { readonly exchange: Exchange }): ReactNode {
  const { t } = useTexts();
  const isEnded = isOver(exchange);
  const nowMs = useNow(isEnded ? 3_600_000 : 1_000);
  const spans = useMemo(() => toSpans(exchange, nowMs), [exchange, nowMs]);
  const startMs = Date.parse(exchange.created_at);
  const endMs = Math.max(startMs + 1, Date.parse(exchange.updated_at), ...spans.map(({ toMs }) => toMs));
  const range = [startMs, endMs - startMs] as const;
  return (
    <ol className="timeline">
      <li className="step step-mark">
        <span className="step-dot" aria-hidden="true" />
        <p className="step-name">{t("exchanges.accepted")}</p>
        <span className="step-at">
          <When at={exchange.created_at} />
        </span>
      </li>
      {spans.map((span) => (
        <Row key={`${span.step.step}-${span.step.status}`} span={span} exchange={exchange} range={range} />
      ))}
      {exchange.failure === null || spans.some(({ step }) => step.status === "failed") ? null : (
        <li className="step step-failed step-mark">
          <span className="step-dot" aria-hidden="true" />
          <p className="step-name">
            {t("exchanges.ended")} <span className="step-error">{exchange.failure.message}</span>
          </p>
          <span className="step-at">
            <When at={exchange.updated_at} />
          </span>
        </li>
      )}
    </ol>
  );
}
