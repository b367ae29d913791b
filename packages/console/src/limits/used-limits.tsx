// What one member has used of the limits that each member has: why an exchange was refused, and what is left.
import type { Account, Limit, LimitUsage } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Loaded, Nothing, Panel } from "../parts/index.ts";
import { useLimitWords } from "./limit-words.ts";
import { UsageBar } from "./usage-bar.tsx";

interface Used {
  readonly limit: Limit;
  /** Undefined of those that count nothing. */
  readonly usage: LimitUsage | undefined;
}

const shownMost = 50;

/** Nothing is counted of one exchange's size, nor of what has to be left. */
export function isCounted({ measure }: Limit): boolean {
  return measure !== "exchange_amount" && measure !== "balance_left";
}

async function readUsed(user: string, systems: readonly string[]): Promise<Used[]> {
  const all = await client.limits.list({ limit: 1000 }).toArray();
  const own = all.filter(({ subject, side, source_system: source, target_system: target }) => {
    const measured = side === "source" ? source : target;
    return subject === "member" && measured !== null && systems.includes(measured);
  });
  const used = own.slice(0, shownMost).map(async (limit) => {
    const usage = isCounted(limit) ? await client.limits.usage(limit.limit_id, user) : undefined;
    return { limit, usage };
  });
  return Promise.all(used);
}

interface UsedLimitsProps {
  readonly user: string;
  readonly accounts: readonly Account[];
}

export function UsedLimits({ user, accounts }: UsedLimitsProps): ReactNode {
  const { t } = useTexts();
  const { wayOf, measureOf, amountOf } = useLimitWords();
  const systems = [...new Set(accounts.map((account) => account.system_id))];
  const query = useQuery({
    queryKey: ["limits", "used", user, systems],
    queryFn: () => readUsed(user, systems),
    refetchInterval: 10_000,
  });
  return (
    <Panel title={t("limits.used")} extra={<Link to="/limits">{t("parts.all")}</Link>}>
      <Loaded query={query} rows={2}>
        {(used) =>
          used.length === 0 ? (
            <Nothing title={t("limits.usedNone")} hint={t("limits.usedNoneHint")} isSmall />
          ) : (
            <ul className="plain-list">
              {used.map(({ limit, usage }) => (
                <li key={limit.limit_id}>
                  <p>
                    <b>{limit.limit_id}</b>{" "}
                    <span className="faint">
                      {wayOf(limit)} · {measureOf(limit)}
                    </span>
                  </p>
                  {usage === undefined ? (
                    <p className="number">{amountOf(limit, limit.bound)}</p>
                  ) : (
                    <UsageBar limit={limit} usage={usage} />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
