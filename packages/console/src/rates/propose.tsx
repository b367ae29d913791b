// Setting a rate: in force at once where it is a small change, else proposed to a second person.
import {
  type ExchangeRate,
  type Link,
  newOperationId,
  type PendingRateChange,
  type RateChange,
} from "@pointbridge/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Select } from "antd";
import { type ReactNode, useState } from "react";
import { client } from "../api/index.ts";
import { type TextKey, useTexts } from "../i18n/index.ts";
import { Field, TextField, VerbDialog } from "../parts/index.ts";
import { parseRate } from "./decimal.ts";
import { describePair, fromKey, type Pair, toKey } from "./pairs.ts";
import { RatePreview } from "./preview.tsx";
import { type InForce, WhenInForce } from "./when-in-force.tsx";

type RateOutcome = RateChange | PendingRateChange;

/** Every pair that a link makes possible, also those without a rate yet. */
async function readPairs(): Promise<Pair[]> {
  const links: Link[] = await client.links.list({ limit: 1000 }).toArray();
  const systems = [...new Set(links.flatMap((link) => [link.source_system, link.target_system]))];
  const types = new Map(
    await Promise.all(
      systems.map(async (id) => [id, await client.creditTypes.list(id, { limit: 1000 }).toArray()] as const),
    ),
  );
  return links.flatMap(({ source_system, target_system }) =>
    (types.get(source_system) ?? []).flatMap((source) =>
      (types.get(target_system) ?? []).map((target) => ({
        source_system,
        source_credit_type: source.credit_type_id,
        target_system,
        target_credit_type: target.credit_type_id,
      })),
    ),
  );
}

interface PairFieldProps {
  readonly value: string | undefined;
  readonly onChange: (key: string) => void;
}

function PairField({ value, onChange }: PairFieldProps): ReactNode {
  const { t } = useTexts();
  const pairs = useQuery({ queryKey: ["rates", "pairs"], queryFn: readPairs });
  return (
    <Field label={t("rates.pair")}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("rates.pickPair")}
          loading={pairs.isPending}
          {...(value === undefined ? {} : { value })}
          options={(pairs.data ?? []).map((one) => ({ value: toKey(one), label: describePair(one) }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

function outcomeText(status: RateOutcome["status"], { at }: InForce): TextKey {
  if (status === "pending_approval") return "rates.setWaits";
  if (status === "pending_agreement") return "rates.waitsPartner";
  return at === undefined ? "rates.setDone" : "rates.setLater";
}

interface ProposeProps {
  readonly rates: readonly ExchangeRate[];
  readonly pairKey: string | undefined;
  readonly onClose: () => void;
}

export function ProposeRate({ rates, pairKey, onClose }: ProposeProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  // Made once, so that sending again is the same request.
  const [operationId] = useState(() => newOperationId());
  const [key, setKey] = useState(pairKey);
  const [text, setText] = useState("");
  const [minimum, setMinimum] = useState("");
  const [inForce, setInForce] = useState<InForce>({ at: undefined, isAgreed: false });
  const pair = fromKey(key);
  const isRate = parseRate(text) !== undefined;
  const isMinimum = minimum === "" || /^[1-9][0-9]{0,18}$/.test(minimum);
  const run = async () => {
    if (pair === undefined) return;
    const least = minimum === "" ? {} : { min_source_amount: minimum };
    const result = await client.rates.put({
      operation_id: operationId,
      ...pair,
      rate: text.trim(),
      ...least,
      ...(inForce.at === undefined ? {} : { effective_at: inForce.at }),
      ...(inForce.isAgreed ? { agree: true } : {}),
    });
    void message.success(t(outcomeText(result.status, inForce)));
  };
  const finish = () => {
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <VerbDialog
      title={t("rates.propose")}
      verb={t("rates.set")}
      isBlocked={pair === undefined || !isRate || !isMinimum}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <PairField value={key} onChange={setKey} />
      <div className="fields-2">
        <TextField
          label={t("rates.newRate")}
          inputMode="decimal"
          value={text}
          isWrong={text !== "" && !isRate}
          hint={text === "" || isRate ? t("rates.newRateHint") : t("rates.badRate")}
          onChange={setText}
        />
        <TextField
          label={t("rates.minimum")}
          inputMode="numeric"
          value={minimum}
          isWrong={!isMinimum}
          hint={t("rates.minimumHint")}
          onChange={(value) => setMinimum(value.trim())}
        />
      </div>
      <WhenInForce pair={pair} value={inForce} onChange={setInForce} />
      {pair === undefined ? null : <RatePreview pair={pair} text={text} rates={rates} />}
    </VerbDialog>
  );
}
