// What a new rate would come to, told while it is typed: how far it goes, who has to agree, whether points could grow.
import type { ExchangeRate, Link } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Mark, useFormats } from "../parts/index.ts";
import {
  applyRate,
  changeOf,
  type Fraction,
  isGreater,
  isSame,
  magnitude,
  parseRate,
  toText,
} from "./decimal.ts";
import { Percentage } from "./difference.tsx";
import { findGain, type Pair, toKey } from "./pairs.ts";

const usualLimit = "20";
const usualWindowMs = 86_400_000;

interface Guard {
  readonly limit: string;
  readonly windowMs: number;
}

function guardOf(link: Link | undefined): Guard {
  return {
    limit: link?.rate_change_limit_percent ?? usualLimit,
    windowMs: link?.rate_change_window_ms ?? usualWindowMs,
  };
}

/** The oldest rate in force within the window; an approved one begins it anew. */
function oldestIn(history: readonly ExchangeRate[], windowMs: number): ExchangeRate | undefined {
  const sinceMs = Date.now() - windowMs;
  const within = history.filter(
    (one) => one.superseded_at === null || Date.parse(one.superseded_at) > sinceMs,
  );
  const approved = within.findLastIndex((one) => one.approved_by !== null);
  return within[Math.max(0, approved)];
}

interface PreviewProps {
  readonly pair: Pair;
  readonly text: string;
  readonly rates: readonly ExchangeRate[];
}

function Cycles({
  pair,
  rate,
  rates,
}: {
  readonly pair: Pair;
  readonly rate: Fraction;
  readonly rates: readonly ExchangeRate[];
}): ReactNode {
  const { t } = useTexts();
  const cycle = findGain(pair, rate, rates);
  if (cycle === undefined) return <Mark tone="good">{t("rates.noCycle")}</Mark>;
  return (
    <>
      <Mark tone="bad">
        {t("rates.cycle", { path: cycle.path.join(" → "), gain: toText(cycle.gain, 6) })}
      </Mark>
      <p className="faint">{t("rates.cycleRefused")}</p>
    </>
  );
}

export function RatePreview({ pair, text, rates }: PreviewProps): ReactNode {
  const { t } = useTexts();
  const { points, rate: format } = useFormats();
  const { source_system, target_system } = pair;
  const query = useQuery({
    queryKey: ["rates", "preview", toKey(pair)],
    queryFn: async () => {
      const [links, history] = await Promise.all([
        client.links.list({ source_system, target_system }).toArray(),
        client.rates.listHistory({ source_system, target_system, limit: 1000 }).toArray(),
      ]);
      return { link: links[0], history: history.filter((one) => toKey(one) === toKey(pair)) };
    },
  });
  const wanted = parseRate(text);
  if (wanted === undefined || query.data === undefined) return null;
  const { limit, windowMs } = guardOf(query.data.link);
  const inForce = query.data.history.findLast((one) => one.superseded_at === null);
  const now = inForce === undefined ? undefined : parseRate(inForce.rate);
  if (now === undefined || inForce === undefined) {
    return (
      <div className="preview">
        <p>{t("rates.firstRate")}</p>
        <Cycles pair={pair} rate={wanted} rates={rates} />
      </div>
    );
  }
  const oldest = oldestIn(query.data.history, windowMs);
  const base = oldest === undefined ? now : (parseRate(oldest.rate) ?? now);
  const changes = [changeOf(now, wanted), changeOf(base, wanted)] as const;
  const bound = parseRate(limit) ?? { over: 0n, under: 1n };
  const isLarge = changes.some((change) => isGreater(magnitude(change), bound));
  const isUnchanged = isSame(now, wanted);
  return (
    <div className="preview">
      <p>
        <Percentage value={toText(changes[0], 4)} /> {t("rates.against")} ({format(inForce.rate)})
      </p>
      {oldest === undefined ? null : (
        <p>
          <Percentage value={toText(changes[1], 4)} /> {t("rates.againstDay")} ({format(oldest.rate)})
        </p>
      )}
      <p className="faint">
        {t("rates.example", {
          before: points(applyRate(1000n, now)),
          after: points(applyRate(1000n, wanted)),
        })}
      </p>
      <p>
        <Mark tone={isUnchanged ? "plain" : isLarge ? "warn" : "good"}>
          {isUnchanged ? t("rates.sameRate") : t(isLarge ? "rates.needsSecond" : "rates.atOnce", { limit })}
        </Mark>
      </p>
      <Cycles pair={pair} rate={wanted} rates={rates} />
    </div>
  );
}
