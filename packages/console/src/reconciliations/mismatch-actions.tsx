// What is done about the chosen differences, all of them at once.
import type { Mismatch } from "@pointbridge/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay, useCaller } from "../api/index.ts";
import { type TextKey, useTexts } from "../i18n/index.ts";
import { VerbDialog } from "../parts/index.ts";

type Action = "takeOn" | "awaitPartner" | "settle" | "approve" | "reject";

const intros: Readonly<Partial<Record<Action, TextKey>>> = {
  settle: "reconciliations.settleIntro",
  approve: "reconciliations.approveIntro",
  reject: "reconciliations.rejectIntro",
};

interface ActionsProps {
  readonly runId: string;
  readonly chosen: readonly Mismatch[];
  readonly onDone: () => void;
}

function useSend(runId: string): (action: Action, ids: readonly string[], text: string) => Promise<unknown> {
  const { session } = useCaller();
  const calls = client.reconciliations;
  return (action, ids, text) => {
    switch (action) {
      case "takeOn":
        return calls.assign(runId, ids, session.principal);
      case "awaitPartner":
        return calls.awaitPartner(runId, ids);
      case "settle":
        return calls.resolve(runId, ids, text);
      case "approve":
        return calls.approveRepairs(runId, ids);
      case "reject":
        return calls.rejectRepairs(runId, ids);
    }
  };
}

export function MismatchActions({ runId, chosen, onDone }: ActionsProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const send = useSend(runId);
  const [open, setOpen] = useState<Action | undefined>(undefined);
  const ids = chosen.map(({ operation_id: id }) => id);
  const areProposed = chosen.every(({ repair }) => repair?.status === "proposed");
  const finish = () => {
    void message.success(t("reconciliations.done"));
    void queries.invalidateQueries({ queryKey: ["reconciliations"] });
    setOpen(undefined);
    onDone();
  };
  if (chosen.length === 0) return null;
  const intro = open === undefined ? undefined : intros[open];
  return (
    <IfMay ability="operate">
      <div className="bulk">
        <b>{t("reconciliations.chosen", { count: chosen.length })}</b>
        <Button size="small" onClick={() => setOpen("takeOn")}>
          {t("reconciliations.takeOn")}
        </Button>
        <Button size="small" onClick={() => setOpen("awaitPartner")}>
          {t("reconciliations.awaitPartner")}
        </Button>
        <Button size="small" onClick={() => setOpen("settle")}>
          {t("reconciliations.settle")}
        </Button>
        <IfMay ability="approve">
          <Button size="small" type="primary" disabled={!areProposed} onClick={() => setOpen("approve")}>
            {t("reconciliations.approve")}
          </Button>
          <Button size="small" danger disabled={!areProposed} onClick={() => setOpen("reject")}>
            {t("reconciliations.reject")}
          </Button>
        </IfMay>
      </div>
      {open === undefined ? null : (
        <VerbDialog
          title={`${t(`reconciliations.${open}`)} · ${t("reconciliations.chosen", { count: chosen.length })}`}
          verb={t(`reconciliations.${open}`)}
          isDanger={open === "reject"}
          {...(open === "approve" ? { phrase: String(chosen.length) } : {})}
          {...(open === "settle" ? { reasonLabel: t("reconciliations.how") } : {})}
          run={(text) => send(open, ids, text)}
          onDone={finish}
          onCancel={() => setOpen(undefined)}
        >
          {intro === undefined ? null : <p>{t(intro)}</p>}
          <ul className="preview plain-list">
            {chosen.slice(0, 8).map((one) => (
              <li key={`${one.leg}/${one.operation_id}`}>
                <span className="mono">{one.operation_id}</span> · {t(`reconciliations.${one.type}`)} ·{" "}
                {one.value}
              </li>
            ))}
            {chosen.length > 8 ? <li>…</li> : null}
          </ul>
        </VerbDialog>
      )}
    </IfMay>
  );
}
