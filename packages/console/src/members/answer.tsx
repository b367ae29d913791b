// Answers "where are my points?" in sentences: what is under way, since when, and whom it waits for.
import type { Account, Exchange } from "@pointbridge/sdk";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";
import { Panel, StatusMark, useFormats, When } from "../parts/index.ts";

/** The source's points of these stand frozen until they end. */
function isUnderWay({ status }: Exchange): boolean {
  return status === "processing" || status === "needs_attention" || status === "started";
}

function Waiting({ exchange }: { readonly exchange: Exchange }): ReactNode {
  const { t } = useTexts();
  const { points } = useFormats();
  const pending = exchange.steps.find(({ status }) => status === "pending");
  return (
    <li>
      <StatusMark status={exchange.status} />{" "}
      {t("members.answerHeld", {
        amount: points(exchange.source_amount),
        type: exchange.source_credit_type,
        source: exchange.source_system,
        target: exchange.target_system,
      })}{" "}
      <When at={exchange.created_at} />.{" "}
      {pending?.attempts === undefined
        ? null
        : t("members.answerAsked", { partner: exchange.target_system, count: pending.attempts })}{" "}
      <Link to="/exchanges/$operationId" params={{ operationId: exchange.operation_id }} className="mono">
        {exchange.operation_id}
      </Link>
    </li>
  );
}

interface AnswerProps {
  readonly accounts: readonly Account[];
  readonly exchanges: readonly Exchange[];
}

export function WherePointsAre({ accounts, exchanges }: AnswerProps): ReactNode {
  const { t } = useTexts();
  const waiting = exchanges.filter(isUnderWay);
  const frozen = accounts.reduce((sum, account) => sum + account.frozen, 0n);
  const explained = waiting.reduce((sum, exchange) => sum + exchange.source_amount, 0n);
  return (
    <Panel title={t("members.answerTitle")}>
      <p className="answer-lead">
        {waiting.length === 0
          ? t("members.answerCalm")
          : t("members.answerUnderWay", { count: waiting.length })}
      </p>
      {waiting.length === 0 ? null : (
        <ul className="plain-list answer-list">
          {waiting.map((exchange) => (
            <Waiting key={exchange.operation_id} exchange={exchange} />
          ))}
        </ul>
      )}
      {frozen > explained ? <p className="panel-note">{t("members.answerOther")}</p> : null}
    </Panel>
  );
}
