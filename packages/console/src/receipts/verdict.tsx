// What came of verifying a receipt: who vouches for it, and what it says.
import type { ReceiptContent, ReceiptSide, ReceiptVerdict } from "@pointbridge/sdk/receipts";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";
import { Facts, Identifier, Mark, Panel, useFormats, When } from "../parts/index.ts";

function Content({ content }: { readonly content: ReceiptContent }): ReactNode {
  const { t } = useTexts();
  const { points, rate } = useFormats();
  const amount = (text: string, type: string, system: string) => (
    <>
      <b className="number">{points(BigInt(text))}</b> {type} · {system}
    </>
  );
  return (
    <Facts
      columns={2}
      facts={[
        [
          t("receipts.gave"),
          amount(content.source_amount, content.source_credit_type, content.source_system),
        ],
        [t("receipts.got"), amount(content.target_amount, content.target_credit_type, content.target_system)],
        [t("receipts.member"), content.user_id],
        [t("receipts.targetMember"), content.target_user_id],
        [t("receipts.rate"), <span key="rate">{rate(content.exchange_rate)}</span>],
        [t("receipts.version"), content.rate_version],
        [t("receipts.at"), <When key="at" at={content.created_at} />],
        [t("receipts.operation"), <Identifier key="id" value={content.operation_id} />],
      ]}
    />
  );
}

function Side({
  side,
  hasKeys,
  missing,
}: {
  readonly side: ReceiptSide;
  readonly hasKeys: boolean;
  readonly missing: string | undefined;
}): ReactNode {
  const { t } = useTexts();
  const where = t(side.side === "source" ? "receipts.source" : "receipts.target", { system: side.system_id });
  const why =
    missing !== undefined ? "receipts.notSigned" : hasKeys ? "receipts.badSignature" : "receipts.noKey";
  return (
    <li>
      <p>
        <b>{where}</b>{" "}
        <Mark tone={side.verified ? "good" : missing === undefined ? "bad" : "warn"}>
          {t(side.verified ? "receipts.vouched" : why)}
        </Mark>
      </p>
      {side.verified ? (
        <p className="panel-note">
          {t("receipts.byKey")} <Identifier value={side.key_id ?? ""} longest={24} /> ·{" "}
          {t("receipts.checked", { count: side.checked?.length ?? 0 })}
        </p>
      ) : (
        <p className="panel-note">{missing ?? t("receipts.badHint")}</p>
      )}
    </li>
  );
}

const toneOf = { holds: "good", notWhole: "warn", doesNotHold: "bad" } as const;

interface VerdictProps {
  readonly verdict: ReceiptVerdict;
  readonly knownSystems: readonly string[];
  /** Why a system has not signed, as the node says. */
  readonly missing: ReadonlyMap<string, string>;
}

export function Verdict({ verdict, knownSystems, missing }: VerdictProps): ReactNode {
  const { t } = useTexts();
  const { ok, content, sides } = verdict;
  if (content === undefined) {
    return (
      <div role="status">
        <Mark tone="bad">{t("receipts.notOne")}</Mark>
      </div>
    );
  }
  const isWaiting = sides.every(({ verified, system_id: id }) => verified || missing.has(id));
  const state = ok ? "holds" : isWaiting ? "notWhole" : "doesNotHold";
  return (
    <Panel title={t("receipts.verdict")} extra={<Mark tone={toneOf[state]}>{t(`receipts.${state}`)}</Mark>}>
      <ul className="plain-list receipt-sides">
        {sides.map((side) => (
          <Side
            key={side.side}
            side={side}
            hasKeys={knownSystems.includes(side.system_id)}
            missing={side.verified ? undefined : missing.get(side.system_id)}
          />
        ))}
      </ul>
      <Content content={content} />
    </Panel>
  );
}
