// The rates in force, from every credit type to every other.
import type { ExchangeRate } from "@pointbridge/sdk";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";
import { useFormats } from "../parts/index.ts";
import { toKey } from "./pairs.ts";

interface MatrixProps {
  readonly rates: readonly ExchangeRate[];
  readonly chosen: string | undefined;
  readonly onChoose: (key: string) => void;
}

export function Matrix({ rates, chosen, onChoose }: MatrixProps): ReactNode {
  const { t } = useTexts();
  const { rate: format } = useFormats();
  const sources = [...new Set(rates.map((one) => `${one.source_system}/${one.source_credit_type}`))].sort();
  const targets = [...new Set(rates.map((one) => `${one.target_system}/${one.target_credit_type}`))].sort();
  const byKey = new Map(rates.map((one) => [toKey(one), one]));
  return (
    <div className="matrix-scroll">
      <table className="matrix" aria-label={t("rates.matrix")}>
        <thead>
          <tr>
            <td />
            {targets.map((target) => (
              <th key={target} scope="col">
                {target.replace("/", " · ")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source}>
              <th scope="row">{source.replace("/", " · ")}</th>
              {targets.map((target) => {
                const key = `${source}/${target}`;
                const found = byKey.get(key);
                return (
                  <td key={target} className={source === target ? "matrix-self" : undefined}>
                    {found === undefined ? null : (
                      <button
                        type="button"
                        className="matrix-rate"
                        aria-pressed={key === chosen}
                        onClick={() => onChoose(key)}
                      >
                        {format(found.rate)}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
