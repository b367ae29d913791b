// Tries an exchange without making it.
import type { ExchangeRate, ExchangeSimulation, QuoteInput } from "@pointbridge/sdk";
import { useMutation } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Failed, Panel, useFormats } from "../parts/index.ts";
import { describePair, fromKey, toKey } from "./pairs.ts";

/** A member whom nobody has: then only route, rate and amount count. */
const nobody = "-";

function Outcome({
  result,
  isAboutMember,
}: {
  readonly result: ExchangeSimulation;
  readonly isAboutMember: boolean;
}): ReactNode {
  const { t, find } = useTexts();
  const { points, rate } = useFormats();
  const isOnlyMember = ["mapping_not_found", "user_not_found", "insufficient_balance"].includes(
    result.code ?? "",
  );
  const isRefused = result.code !== null && (isAboutMember || !isOnlyMember);
  return (
    <div className="simulation" role="status">
      <p>
        <b className="number">
          {points(result.source_amount)} {result.source_credit_type}
        </b>{" "}
        {isRefused ? t("rates.wouldRefuse") : t("rates.wouldBe")}
      </p>
      {isRefused ? (
        <p className="why-not">
          <b>{find("codes", result.code ?? "") ?? result.code}</b> <code>{result.code}</code>
        </p>
      ) : (
        <p className="simulation-amount">
          {points(result.target_amount)} <span className="unit">{result.target_credit_type}</span>
        </p>
      )}
      <p className="faint">
        × {rate(result.exchange_rate)}
        {result.rate_version === null
          ? null
          : ` · ${t("exchanges.version", { version: result.rate_version })}`}
      </p>
      {isAboutMember && result.available !== null ? (
        <p>{t("rates.balance", { available: points(result.available) })}</p>
      ) : null}
      {!isRefused && result.status === "processing" ? <p>{t("rates.goesOn")}</p> : null}
      <p className="panel-note">{t("rates.promise")}</p>
    </div>
  );
}

export function Simulator({
  rates,
  pairKey,
}: {
  readonly rates: readonly ExchangeRate[];
  readonly pairKey: string | undefined;
}): ReactNode {
  const { t } = useTexts();
  const ids = { pair: useId(), amount: useId(), member: useId() };
  const [key, setKey] = useState(pairKey ?? (rates[0] === undefined ? undefined : toKey(rates[0])));
  const [amount, setAmount] = useState("1000");
  const [member, setMember] = useState("");
  const simulation = useMutation({ mutationFn: (input: QuoteInput) => client.exchanges.simulate(input) });
  const pair = fromKey(key);
  const isAmount = /^[1-9][0-9]{0,18}$/.test(amount);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (pair === undefined || !isAmount) return;
    simulation.mutate({ ...pair, amount, user_id: member.trim() === "" ? nobody : member.trim() });
  };
  return (
    <Panel title={t("rates.simulator")}>
      <form className="dialog-body" onSubmit={onSubmit}>
        <div className="field">
          <label htmlFor={ids.pair}>{t("rates.pair")}</label>
          <Select
            id={ids.pair}
            showSearch={{ optionFilterProp: "label" }}
            value={key}
            options={rates.map((one) => ({ value: toKey(one), label: describePair(one) }))}
            onChange={setKey}
          />
        </div>
        <div className="fields-2">
          <div className="field">
            <label htmlFor={ids.amount}>{t("rates.amount")}</label>
            <Input
              id={ids.amount}
              inputMode="numeric"
              value={amount}
              status={isAmount ? "" : "error"}
              onChange={(event) => setAmount(event.target.value.trim())}
            />
          </div>
          <div className="field">
            <label htmlFor={ids.member}>{t("rates.member")}</label>
            <Input id={ids.member} value={member} onChange={(event) => setMember(event.target.value)} />
          </div>
        </div>
        <p className="field-hint">{t("rates.memberHint")}</p>
        <Button htmlType="submit" loading={simulation.isPending} disabled={pair === undefined || !isAmount}>
          {t("rates.run")}
        </Button>
        {simulation.error === null ? null : <Failed error={simulation.error} />}
        {simulation.data === undefined ? null : (
          <Outcome result={simulation.data} isAboutMember={simulation.variables?.user_id !== nobody} />
        )}
      </form>
    </Panel>
  );
}
