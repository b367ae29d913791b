// How a partner does: what waits for its answer, and what it said last.
import type { Operation, System } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Identifier, Loaded, Mark, Panel, useFormats, When } from "../parts/index.ts";

const waitingMost = 100;
const answersShown = 3;

interface Waiting {
  readonly operations: readonly Operation[];
  readonly isMore: boolean;
}

async function readHealth(id: string): Promise<Waiting> {
  const status = "retrying" as const;
  const [from, to] = await Promise.all([
    client.operations.list({ status, source_system: id, limit: waitingMost }).page(),
    client.operations.list({ status, target_system: id, limit: waitingMost }).page(),
  ]);
  return {
    operations: [...from.items, ...to.items],
    isMore: from.next_cursor !== null || to.next_cursor !== null,
  };
}

function Answers({ operations }: { readonly operations: readonly Operation[] }): ReactNode {
  const { t, find } = useTexts();
  const said = operations.flatMap(({ operation_id: id, steps }) => {
    const step = steps.findLast(({ error }) => error !== undefined);
    return step?.error === undefined ? [] : [{ id, at: step.at, error: step.error }];
  });
  if (said.length === 0) return null;
  return (
    <>
      <p className="field-label">{t("network.lastAnswers")}</p>
      <ul className="plain-list">
        {said.slice(0, answersShown).map(({ id, at, error }) => (
          <li key={id}>
            <span className="why-not">{find("codes", error) ?? error}</span> · <When at={at} /> ·{" "}
            <Identifier value={id} longest={26}>
              {(text) => (
                <Link to="/exchanges/$operationId" params={{ operationId: id }}>
                  {text}
                </Link>
              )}
            </Identifier>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Health({ system }: { readonly system: System }): ReactNode {
  const { t } = useTexts();
  const { count } = useFormats();
  const id = system.system_id;
  const query = useQuery({
    queryKey: ["operations", "retrying", id],
    queryFn: () => readHealth(id),
    refetchInterval: 5_000,
  });
  return (
    <Panel title={t("network.health")} note={t("network.healthNote")}>
      <Loaded query={query} rows={1}>
        {({ operations, isMore }) =>
          operations.length === 0 ? (
            <Mark tone="good">{t("network.askingNone")}</Mark>
          ) : (
            <>
              <p>
                <Mark tone="warn">
                  {t("network.asking", { count: `${count(operations.length)}${isMore ? "+" : ""}` })}
                </Mark>{" "}
                <Link to="/log" search={{ status: "retrying", target: id }}>
                  {t("network.openAsking")}
                </Link>
              </p>
              <Answers operations={operations} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
