// Two further checks: a checkpoint that somebody kept elsewhere, held against the log as it is now; and the node's own
// comparison of every entry with the operations that it names.
import { useMutation } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { type ReactNode, useId, useState } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Failed, Mark, Panel, useFormats } from "../parts/index.ts";
import { type Growth, judgeGrowth, judgeNote, readNewest } from "./checks.ts";
import { GrowthMark } from "./growth-mark.tsx";

type Verdict =
  | { readonly what: "unreadable" | "unsigned" }
  | { readonly what: "held"; readonly growth: Growth; readonly size: number };

async function judgeKept(note: string): Promise<Verdict> {
  const kept = await judgeNote(note);
  if (kept === undefined) return { what: "unreadable" };
  if (kept.signer === undefined) return { what: "unsigned" };
  const newest = await readNewest();
  if (newest === undefined || newest.signer === undefined) return { what: "unsigned" };
  const growth = await judgeGrowth(kept.checkpoint, newest.checkpoint);
  return { what: "held", growth, size: kept.checkpoint.size };
}

export function KeptCheckpoint(): ReactNode {
  const { t } = useTexts();
  const id = useId();
  const [note, setNote] = useState("");
  const check = useMutation({ mutationFn: judgeKept });
  return (
    <Panel title={t("audit.kept")} note={t("audit.keptNote")}>
      <div className="dialog-body">
        <div className="field">
          <label htmlFor={id}>{t("audit.keptField")}</label>
          <Input.TextArea
            id={id}
            className="mono"
            rows={6}
            spellCheck={false}
            value={note}
            onChange={(event) => {
              setNote(event.target.value);
              check.reset();
            }}
          />
        </div>
        <span>
          <Button disabled={note.trim() === ""} loading={check.isPending} onClick={() => check.mutate(note)}>
            {t("audit.hold")}
          </Button>
        </span>
        {check.error === null ? null : <Failed error={check.error} />}
        {check.data === undefined ? null : (
          <p role="status">
            {check.data.what === "held" ? (
              <GrowthMark growth={check.data.growth} size={check.data.size} />
            ) : (
              <Mark tone="bad">{t(`audit.${check.data.what}`)}</Mark>
            )}
          </p>
        )}
      </div>
    </Panel>
  );
}

export function WholeLog(): ReactNode {
  const { t } = useTexts();
  const { count } = useFormats();
  const verification = useMutation({ mutationFn: () => client.audit.verify() });
  const found = verification.data;
  return (
    <Panel title={t("audit.whole")} note={t("audit.wholeNote")}>
      <div className="dialog-body">
        <span>
          <Button loading={verification.isPending} onClick={() => verification.mutate()}>
            {t("audit.verify")}
          </Button>
        </span>
        {verification.error === null ? null : <Failed error={verification.error} />}
        {found === undefined ? null : (
          <div role="status">
            <Mark tone={found.ok ? "good" : "bad"}>
              {t(found.ok ? "audit.allFits" : "audit.someDiffer", {
                entries: count(found.entries),
                operations: count(found.operations),
              })}
            </Mark>
            <ul className="plain-list">
              {found.faults.map((fault) => (
                <li key={fault} className="why-not">
                  {fault}
                </li>
              ))}
            </ul>
          </div>
        )}
        <p className="panel-note">{t("audit.outside")}</p>
      </div>
    </Panel>
  );
}
