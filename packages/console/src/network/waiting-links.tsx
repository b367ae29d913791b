// Looser guards of links that wait for a second person.
import type { Operation } from "@pointbridge/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { client, useCaller } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Panel, VerbDialog, When } from "../parts/index.ts";

type Decision = "approve" | "reject";

interface Guard {
  readonly rate_change_limit_percent?: string;
  readonly rate_change_window_ms?: number;
}

function isGuard(value: unknown): value is Guard {
  return typeof value === "object" && value !== null;
}

/** What it was and what it is to be, as the log keeps it. */
function changeOf(operation: Operation): { readonly before: Guard; readonly after: Guard } {
  const change = operation.data["change"];
  if (!isGuard(change)) return { before: {}, after: {} };
  const { old, new: wanted } = change as { readonly old?: unknown; readonly new?: unknown };
  return { before: isGuard(old) ? old : {}, after: isGuard(wanted) ? wanted : {} };
}

function useGuardText(): (guard: Guard) => string {
  const { t } = useTexts();
  return ({ rate_change_limit_percent: limit, rate_change_window_ms: windowMs }) =>
    [
      limit === undefined ? undefined : `±${limit} %`,
      windowMs === undefined ? undefined : t("network.window", { hours: windowMs / 3_600_000 }),
    ]
      .filter((part) => part !== undefined)
      .join(" · ");
}

interface DecideProps {
  readonly operation: Operation;
  readonly decision: Decision;
  readonly onClose: () => void;
}

function Decide({ operation, decision, onClose }: DecideProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const describe = useGuardText();
  const { before, after } = changeOf(operation);
  const isApproval = decision === "approve";
  const id = operation.operation_id;
  const finish = () => {
    void message.success(t("reconciliations.done"));
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <VerbDialog
      title={t(isApproval ? "network.approveLimit" : "network.rejectLimit")}
      verb={t(isApproval ? "rates.approve" : "rates.reject")}
      isDanger={!isApproval}
      {...(isApproval && operation.target_system !== null ? { phrase: operation.target_system } : {})}
      run={() => (isApproval ? client.links.approveChange(id) : client.links.rejectChange(id))}
      onDone={finish}
      onCancel={onClose}
    >
      <p className="preview change-diff">
        <b>
          {operation.source_system} → {operation.target_system}
        </b>
        <span className="diff-old">{describe(before)}</span>
        <span aria-hidden="true">→</span>
        <span className="diff-new">{describe(after)}</span>
      </p>
    </VerbDialog>
  );
}

export function WaitingLinks(): ReactNode {
  const { t } = useTexts();
  const { may, session } = useCaller();
  const describe = useGuardText();
  const [open, setOpen] = useState<{ operation: Operation; decision: Decision } | undefined>(undefined);
  const { data } = useQuery({
    queryKey: ["operations", "waiting-links"],
    queryFn: () =>
      client.operations.list({ type: "link_update", status: "pending_approval", limit: 100 }).page(),
    refetchInterval: 15_000,
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Panel title={t("network.waitingLimits")} isFlush>
      {data.items.map((operation) => (
        <div className="change" key={operation.operation_id}>
          <div>
            <p className="change-pair">
              {operation.source_system} → {operation.target_system}
            </p>
            <p className="faint">
              {t("rates.proposedBy", { who: operation.principal })} · <When at={operation.created_at} />
            </p>
          </div>
          <span className="diff-new">{describe(changeOf(operation).after)}</span>
          {may("approve") ? (
            <div className="change-actions">
              <Button
                type="primary"
                disabled={operation.principal === session.principal}
                onClick={() => setOpen({ operation, decision: "approve" })}
              >
                {t("rates.approve")}
              </Button>
              <Button danger onClick={() => setOpen({ operation, decision: "reject" })}>
                {t("rates.reject")}
              </Button>
            </div>
          ) : (
            <span />
          )}
        </div>
      ))}
      {open === undefined ? null : <Decide {...open} onClose={() => setOpen(undefined)} />}
    </Panel>
  );
}
