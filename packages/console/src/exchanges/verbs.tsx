// What a person may do about an exchange that is stuck. The node refuses each where it would make or lose points.
import type { Exchange } from "@pointbridge/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { client, useCaller } from "../api/index.ts";
import { type TextKey, useTexts } from "../i18n/index.ts";
import { useFormats, VerbDialog } from "../parts/index.ts";

type Verb = "askAgain" | "undo" | "writeOff" | "approveWriteOff";

interface VerbText {
  readonly intro: TextKey;
  readonly done: TextKey;
}

const texts: Readonly<Record<Verb, VerbText>> = {
  askAgain: { intro: "exchanges.askAgainIntro", done: "exchanges.askedAgain" },
  undo: { intro: "exchanges.undoIntro", done: "exchanges.undone" },
  writeOff: { intro: "exchanges.writeOffIntro", done: "exchanges.writeOffProposed" },
  approveWriteOff: { intro: "exchanges.approveWriteOffIntro", done: "exchanges.writtenOff" },
};

function send(verb: Verb, operationId: string, reason: string): Promise<Exchange> {
  switch (verb) {
    case "askAgain":
      return client.exchanges.askAgain(operationId);
    case "undo":
      return client.exchanges.rollBack(operationId);
    case "writeOff":
      return client.exchanges.proposeWriteOff(operationId, reason);
    case "approveWriteOff":
      return client.exchanges.approveWriteOff(operationId);
  }
}

interface DialogProps {
  readonly verb: Verb;
  readonly exchange: Exchange;
  readonly onClose: () => void;
}

function Dialog({ verb, exchange, onClose }: DialogProps): ReactNode {
  const { t } = useTexts();
  const { points } = useFormats();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { intro, done } = texts[verb];
  const values = {
    amount: points(exchange.source_amount),
    type: exchange.source_credit_type,
    user: exchange.user_id,
    system: exchange.source_system,
  };
  const finish = () => {
    void message.success(t(done));
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <VerbDialog
      title={t(`exchanges.${verb}`)}
      verb={t(`exchanges.${verb}`)}
      isDanger={verb !== "askAgain"}
      {...(verb === "askAgain" ? {} : { phrase: exchange.operation_id.slice(-6) })}
      {...(verb === "writeOff" ? { reasonLabel: t("exchanges.writeOffNote") } : {})}
      run={(reason) => send(verb, exchange.operation_id, reason)}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t(intro, values)}</p>
      <p className="preview">
        <b>
          {values.amount} {values.type}
        </b>{" "}
        {exchange.source_system} → {exchange.target_system} · {exchange.user_id}
      </p>
      {verb === "undo" ? <p className="warn-note">{t("exchanges.undoOneWay")}</p> : null}
      {exchange.write_off === null ? null : (
        <p>
          {t("exchanges.writeOffWaits", {
            who: exchange.write_off.proposed_by,
            note: exchange.write_off.note,
          })}
        </p>
      )}
    </VerbDialog>
  );
}

export function Verbs({ exchange }: { readonly exchange: Exchange }): ReactNode {
  const { t } = useTexts();
  const { may, session } = useCaller();
  const [verb, setVerb] = useState<Verb | undefined>(undefined);
  const isStuck = exchange.status === "processing" || exchange.status === "needs_attention";
  if (!isStuck || !may("operate")) return null;
  const proposal = exchange.write_off;
  const isOwn = proposal?.proposed_by === session.principal;
  return (
    <>
      <Button type="primary" onClick={() => setVerb("askAgain")}>
        {t("exchanges.askAgain")}
      </Button>
      <Button danger onClick={() => setVerb("undo")}>
        {t("exchanges.undo")}
      </Button>
      {exchange.status === "needs_attention" && proposal === null ? (
        <Button onClick={() => setVerb("writeOff")}>{t("exchanges.writeOff")}</Button>
      ) : null}
      {proposal !== null && proposal.approved_by === null && may("approve") ? (
        <Button
          danger
          disabled={isOwn}
          title={isOwn ? t("exchanges.ownProposal") : undefined}
          onClick={() => setVerb("approveWriteOff")}
        >
          {t("exchanges.approveWriteOff")}
        </Button>
      ) : null}
      {verb === undefined ? null : (
        <Dialog verb={verb} exchange={exchange} onClose={() => setVerb(undefined)} />
      )}
    </>
  );
}
