// Raising or lowering a limit, taking what was settled off a position, removing a limit.
import { type Limit, newOperationId } from "@pointbridge/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { type ReactNode, useState } from "react";
import { client } from "../api/index.ts";
import { type TextKey, useTexts } from "../i18n/index.ts";
import { StaleError, TextField, VerbDialog } from "../parts/index.ts";
import { useLimitWords } from "./limit-words.ts";

interface DialogProps {
  readonly limit: Limit;
  readonly onClose: () => void;
}

const wholeNumber = /^[1-9][0-9]{0,17}$/;

function useFinish(text: TextKey, onClose: () => void): () => void {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return () => {
    void message.success(t(text));
    void queries.invalidateQueries({ queryKey: ["limits"] });
    onClose();
  };
}

export function ChangeBound({ limit, onClose }: DialogProps): ReactNode {
  const { t } = useTexts();
  const { wayOf, measureOf, amountOf } = useLimitWords();
  const finish = useFinish("limits.changed", onClose);
  const [text, setText] = useState("");
  const isBound = wholeNumber.test(text);
  const wanted = isBound ? BigInt(text) : undefined;
  const run = async () => {
    const {
      limit_id: id,
      updated_at: _at,
      created_at: _made,
      ...current
    } = await client.limits.get(limit.limit_id);
    if (current.bound !== limit.bound) {
      const values = { now: amountOf(limit, current.bound), before: amountOf(limit, limit.bound) };
      throw new StaleError(t("limits.stale", values));
    }
    const { source_system: source, target_system: target, ...rest } = current;
    await client.limits.put(id, {
      ...rest,
      ...(source === null ? {} : { source_system: source }),
      ...(target === null ? {} : { target_system: target }),
      bound: text,
    });
  };
  return (
    <VerbDialog
      title={t("limits.changeTitle", { limit: limit.limit_id })}
      verb={t("parts.save")}
      isBlocked={wanted === undefined || wanted === limit.bound}
      {...(wanted === undefined ? {} : { phrase: text })}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("limits.changeIntro")}</p>
      <div className="preview">
        <p>
          {wayOf(limit)} · {measureOf(limit)}
        </p>
        <p className="change-diff">
          <span className="diff-old">{amountOf(limit, limit.bound)}</span>
          <span aria-hidden="true">→</span>
          <span className="diff-new">{wanted === undefined ? "…" : amountOf(limit, wanted)}</span>
        </p>
      </div>
      <TextField
        label={t("limits.newBound")}
        inputMode="numeric"
        value={text}
        isWrong={text !== "" && !isBound}
        onChange={(value) => setText(value.trim())}
      />
    </VerbDialog>
  );
}

export function RemoveLimit({ limit, onClose }: DialogProps): ReactNode {
  const { t } = useTexts();
  const finish = useFinish("limits.removed", onClose);
  return (
    <VerbDialog
      title={t("limits.removeTitle", { limit: limit.limit_id })}
      verb={t("limits.remove")}
      isDanger
      phrase={limit.limit_id}
      run={() => client.limits.delete(limit.limit_id)}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("limits.removeIntro")}</p>
    </VerbDialog>
  );
}

export function SettlePosition({ limit, onClose }: DialogProps): ReactNode {
  const { t } = useTexts();
  const { wayOf, amountOf } = useLimitWords();
  const finish = useFinish("limits.settled", onClose);
  // Made once, so that sending again is the same request.
  const [operationId] = useState(() => newOperationId());
  const [amount, setAmount] = useState("");
  const [user, setUser] = useState("");
  const isAmount = wholeNumber.test(amount);
  const isOfMember = limit.subject === "member";
  const run = (note: string) =>
    client.limits.settle(limit.limit_id, {
      operation_id: operationId,
      amount,
      note,
      ...(isOfMember ? { user_id: user.trim() } : {}),
    });
  return (
    <VerbDialog
      title={t("limits.settleTitle", { limit: limit.limit_id })}
      verb={t("limits.settle")}
      isDanger
      isBlocked={!isAmount || (isOfMember && user.trim() === "")}
      {...(isAmount ? { phrase: amount } : {})}
      reasonLabel={t("limits.settleNote")}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("limits.settleIntro")}</p>
      <p className="preview">
        {wayOf(limit)} · <b>{isAmount ? `− ${amountOf(limit, BigInt(amount))}` : "…"}</b>
      </p>
      {isOfMember ? <TextField label={t("limits.member")} value={user} onChange={setUser} /> : null}
      <TextField
        label={t("limits.settleAmount")}
        inputMode="numeric"
        value={amount}
        isWrong={amount !== "" && !isAmount}
        onChange={(value) => setAmount(value.trim())}
      />
    </VerbDialog>
  );
}
