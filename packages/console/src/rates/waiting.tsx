// Changes that wait for a second person: what each would change, approved or rejected with what is shown still so.
import type { RateChangeState } from "@pointbridge/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { client, useCaller } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Mark, Nothing, StaleError, useFormats, VerbDialog, When } from "../parts/index.ts";
import { applyRate, parseRate } from "./decimal.ts";
import { Difference } from "./difference.tsx";
import { describePair, toKey } from "./pairs.ts";

type Decision = "approve" | "reject";

function useStaleGuard(): (change: RateChangeState) => Promise<void> {
  const { t } = useTexts();
  const queries = useQueryClient();
  return async (shown) => {
    const { source_system, target_system } = shown;
    const [change, rates] = await Promise.all([
      client.rates.getChange(shown.operation_id),
      client.rates.list({ source_system, target_system, limit: 1000 }).toArray(),
    ]);
    const now = rates.find((one) => toKey(one) === toKey(shown))?.rate ?? null;
    if (change.status === "pending_approval" && now === shown.old_rate) return;
    void queries.invalidateQueries({ queryKey: ["rates"] });
    const what =
      change.status === "pending_approval"
        ? t("rates.staleText", { now: now ?? "–", before: shown.old_rate ?? "–" })
        : t("rates.staleOver");
    throw new StaleError(`${t("rates.staleTitle")}: ${what}`);
  };
}

interface DecisionProps {
  readonly change: RateChangeState;
  readonly decision: Decision;
  readonly onClose: () => void;
}

function DecisionDialog({ change, decision, onClose }: DecisionProps): ReactNode {
  const { t } = useTexts();
  const { points } = useFormats();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const judge = useStaleGuard();
  const isApproval = decision === "approve";
  const before = change.old_rate === null ? undefined : parseRate(change.old_rate);
  const after = parseRate(change.new_rate);
  const run = async () => {
    await judge(change);
    await (isApproval ? client.rates.approve(change.operation_id) : client.rates.reject(change.operation_id));
  };
  const finish = () => {
    void message.success(t(isApproval ? "rates.approved" : "rates.rejected"));
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <VerbDialog
      title={t(isApproval ? "rates.approveTitle" : "rates.rejectTitle")}
      verb={t(isApproval ? "rates.approve" : "rates.reject")}
      isDanger={!isApproval}
      {...(isApproval ? { phrase: change.new_rate } : {})}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t(isApproval ? "rates.approveIntro" : "rates.rejectIntro")}</p>
      <div className="preview">
        <p className="change-pair">{describePair(change)}</p>
        <Difference before={change.old_rate} after={change.new_rate} percentage={change.change_percentage} />
        {before === undefined || after === undefined ? null : (
          <p className="faint">
            {t("rates.example", {
              before: points(applyRate(1000n, before)),
              after: points(applyRate(1000n, after)),
            })}
          </p>
        )}
      </div>
    </VerbDialog>
  );
}

interface ChangeProps {
  readonly change: RateChangeState;
  readonly isMarked: boolean;
  readonly onDecide: (decision: Decision) => void;
}

function Change({ change, isMarked, onDecide }: ChangeProps): ReactNode {
  const { t } = useTexts();
  const { may, session } = useCaller();
  const isOwn = change.proposed_by === session.principal;
  return (
    <div className={isMarked ? "change row-selected" : "change"}>
      <div>
        <p className="change-pair">{describePair(change)}</p>
        <p className="faint">
          {t("rates.proposedBy", { who: change.proposed_by })} · <When at={change.created_at} /> ·{" "}
          {t("rates.expires")} <When at={change.expires_at} />
        </p>
      </div>
      <Difference before={change.old_rate} after={change.new_rate} percentage={change.change_percentage} />
      {change.status === "pending_agreement" ? (
        <Mark tone="calm">{t("rates.waitsPartner")}</Mark>
      ) : may("approve") ? (
        <div className="change-actions">
          <Button
            type="primary"
            disabled={isOwn}
            title={isOwn ? t("rates.ownChange") : undefined}
            onClick={() => onDecide("approve")}
          >
            {t("rates.approve")}
          </Button>
          <Button danger onClick={() => onDecide("reject")}>
            {t("rates.reject")}
          </Button>
        </div>
      ) : (
        <span />
      )}
    </div>
  );
}

interface WaitingProps {
  readonly changes: readonly RateChangeState[];
  readonly marked: string | undefined;
}

export function WaitingChanges({ changes, marked }: WaitingProps): ReactNode {
  const { t } = useTexts();
  // What was shown when the dialog was opened is what is decided about.
  const [open, setOpen] = useState<{ change: RateChangeState; decision: Decision } | undefined>(undefined);
  return (
    <>
      {changes.length === 0 ? (
        <Nothing title={t("rates.waitingNone")} hint={t("rates.waitingHint")} isSmall />
      ) : null}
      {changes.map((change) => (
        <Change
          key={change.operation_id}
          change={change}
          isMarked={change.operation_id === marked}
          onDecide={(decision) => setOpen({ change, decision })}
        />
      ))}
      {open === undefined ? null : <DecisionDialog {...open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
