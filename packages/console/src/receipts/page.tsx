// Receipts: an exchange's, as the node has it, or one that somebody hands in, verified in the browser with the keys of
// the systems that this node knows.
import type { Receipt, System } from "@pointbridge/sdk";
import { type Receipt as AnyReceipt, type ReceiptKeys, verifyReceipt } from "@pointbridge/sdk/receipts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { type ReactNode, useId, useState } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { CopyButton, Failed, Finder, Loaded, Mark, Page, Panel } from "../parts/index.ts";
import { Verdict } from "./verdict.tsx";

/** Hosted systems sign with this node's keys, others with what was agreed on with them. */
async function readTrustedKeys(): Promise<ReceiptKeys> {
  const [systems, own] = await Promise.all([
    client.systems.list({ limit: 1000 }).toArray(),
    client.keys.list(),
  ]);
  const keysOf = ({ system_id: id, kind, keys }: System) => {
    if (kind === "hosted") return own.keys;
    // Another system's node may speak for this one too.
    const speakers = systems.filter(({ speaks_for: others }) => others?.includes(id) === true);
    return [...(keys?.keys ?? []), ...speakers.flatMap((speaker) => speaker.keys?.keys ?? [])];
  };
  return Object.fromEntries(
    systems.flatMap((system) => {
      const keys = keysOf(system);
      return keys.length === 0 ? [] : [[system.system_id, { keys }]];
    }),
  );
}

function missingOf(receipt: Partial<Receipt>): ReadonlyMap<string, string> {
  return new Map((receipt.missing ?? []).map(({ system_id: id, reason }) => [id, reason]));
}

async function judge(receipt: AnyReceipt) {
  const keys = await readTrustedKeys();
  return {
    verdict: await verifyReceipt(receipt, keys),
    knownSystems: Object.keys(keys),
    missing: missingOf(receipt as Partial<Receipt>),
  };
}

/** Undefined where the text is no JSON object; what it is then, the verifier says. */
function readReceipt(text: string): AnyReceipt | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as AnyReceipt) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function OfExchange({ operationId }: { readonly operationId: string }): ReactNode {
  const { t } = useTexts();
  const query = useQuery({
    queryKey: ["receipt", operationId],
    queryFn: async () => {
      const receipt = await client.exchanges.receipt(operationId);
      return { receipt, ...(await judge(receipt)) };
    },
  });
  return (
    <Loaded query={query} rows={5}>
      {({ receipt, ...judged }) => {
        const json = JSON.stringify(receipt, null, 2);
        return (
          <>
            <Verdict {...judged} />
            <details className="raw">
              <summary>{t("receipts.raw")}</summary>
              <p className="panel-note">
                {t("receipts.handOut")} <CopyButton value={json} />
              </p>
              <pre tabIndex={0}>{json}</pre>
            </details>
          </>
        );
      }}
    </Loaded>
  );
}

function HandedIn(): ReactNode {
  const { t } = useTexts();
  const id = useId();
  const [text, setText] = useState("");
  const receipt = readReceipt(text);
  const check = useMutation({ mutationFn: judge });
  return (
    <Panel title={t("receipts.handedIn")} note={t("receipts.handedInNote")}>
      <div className="dialog-body">
        <div className="field">
          <label htmlFor={id}>{t("receipts.field")}</label>
          <Input.TextArea
            id={id}
            className="mono"
            rows={6}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              check.reset();
            }}
          />
        </div>
        {text.trim() !== "" && receipt === undefined ? <Mark tone="bad">{t("receipts.notOne")}</Mark> : null}
        <span>
          <Button
            disabled={receipt === undefined}
            loading={check.isPending}
            onClick={() => (receipt === undefined ? undefined : check.mutate(receipt))}
          >
            {t("receipts.verify")}
          </Button>
        </span>
        {check.error === null ? null : <Failed error={check.error} />}
        {check.data === undefined ? null : <Verdict {...check.data} />}
      </div>
    </Panel>
  );
}

export function Receipts(): ReactNode {
  const { t } = useTexts();
  const { operation } = useSearch({ from: "/receipts" });
  const navigate = useNavigate();
  if (!isSecureContext) {
    return (
      <Page title={t("receipts.title")} intro={t("receipts.intro")}>
        <p className="warn-note">{t("audit.insecure")}</p>
      </Page>
    );
  }
  return (
    <Page title={t("receipts.title")} intro={t("receipts.intro")}>
      <Finder
        found={operation}
        label={t("receipts.exchange")}
        action={t("receipts.read")}
        onFind={(text) => void navigate({ to: "/receipts", search: { operation: text } })}
      />
      {operation === undefined ? null : <OfExchange key={operation} operationId={operation} />}
      <HandedIn />
    </Page>
  );
}
