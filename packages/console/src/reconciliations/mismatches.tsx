// The differences of a run: what each side says, who works on it, what may mend it.
import type { Mismatch } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Table, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Identifier, Loaded, Mark, Nothing, Panel, toneOf, useFormats, When } from "../parts/index.ts";
import { MismatchActions } from "./mismatch-actions.tsx";

/** More are in the report. */
const shownMost = 1_000;

type Row = Mismatch["theirs"][number];

function Side({ name, rows }: { readonly name: string; readonly rows: readonly Row[] }): ReactNode {
  const { t } = useTexts();
  const { points } = useFormats();
  return (
    <div>
      <p className="field-label">{name}</p>
      {rows.length === 0 ? <p className="faint">{t("reconciliations.nothing")}</p> : null}
      {rows.map((row) => (
        <p key={`${row.state}-${row.initiated_at}`} className="number">
          <b>{points(row.amount)}</b> {row.credit_type_id} · {row.user_id} · {row.state} ·{" "}
          <When at={row.initiated_at} />
        </p>
      ))}
    </div>
  );
}

function BothSides({ mismatch }: { readonly mismatch: Mismatch }): ReactNode {
  const { t } = useTexts();
  return (
    <div className="grid-2">
      <Side name={t("reconciliations.ours")} rows={mismatch.ours === null ? [] : [mismatch.ours]} />
      <Side name={t("reconciliations.theirs")} rows={mismatch.theirs} />
    </div>
  );
}

function Mend({ repair }: { readonly repair: Mismatch["repair"] }): ReactNode {
  const { t } = useTexts();
  if (repair === null) return <span className="faint">{t("reconciliations.actionnone")}</span>;
  return (
    <>
      {t(`reconciliations.action${repair.action}`)}
      {repair.status === null ? null : (
        <span className="faint"> · {t(`reconciliations.repairstatus${repair.status}`)}</span>
      )}
    </>
  );
}

function useColumns(): TableColumnsType<Mismatch> {
  const { t } = useTexts();
  return [
    {
      title: t("reconciliations.operation"),
      render: (_, row) => (
        <Identifier value={row.operation_id} longest={24}>
          {(text) => (
            <Link to="/log" search={{ operation: row.operation_id }}>
              {text}
            </Link>
          )}
        </Identifier>
      ),
    },
    {
      title: t("reconciliations.kind"),
      render: (_, row) => <Mark tone={toneOf(row.severity)}>{t(`reconciliations.${row.type}`)}</Mark>,
    },
    {
      title: t("reconciliations.value"),
      align: "right",
      render: (_, row) => (
        <span className="number">
          {row.value} <span className="unit">{row.credit_type_id}</span>
        </span>
      ),
    },
    {
      title: t("reconciliations.work"),
      render: (_, row) => t(`reconciliations.work${row.status}`, { who: row.assigned_to ?? "" }),
    },
    { title: t("reconciliations.mend"), render: (_, row) => <Mend repair={row.repair} /> },
    { title: t("exchanges.created"), align: "right", render: (_, row) => <When at={row.initiated_at} /> },
  ];
}

function keyOf(row: Mismatch): string {
  return `${row.leg}/${row.operation_id}`;
}

export function Mismatches({
  runId,
  isRunning,
}: {
  readonly runId: string;
  readonly isRunning: boolean;
}): ReactNode {
  const { t } = useTexts();
  const columns = useColumns();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const query = useQuery({
    queryKey: ["reconciliations", runId, "mismatches"],
    queryFn: () => client.reconciliations.listMismatches(runId, { limit: shownMost }).page(),
    refetchInterval: isRunning ? 2_000 : 15_000,
  });
  return (
    <Panel title={t("reconciliations.mismatches")} isFlush>
      <Loaded query={query}>
        {({ items }) => (
          <>
            <MismatchActions
              runId={runId}
              chosen={items.filter((row) => chosen.includes(keyOf(row)))}
              onDone={() => setChosen([])}
            />
            <Table<Mismatch>
              aria-label={t("reconciliations.mismatches")}
              size="small"
              columns={columns}
              dataSource={[...items]}
              rowKey={keyOf}
              rowSelection={{
                selectedRowKeys: [...chosen],
                onChange: (keys) => setChosen(keys.map(String)),
                getCheckboxProps: (row) => ({
                  disabled: row.status === "resolved",
                  "aria-label": row.operation_id,
                }),
              }}
              expandable={{ expandedRowRender: (row) => <BothSides mismatch={row} /> }}
              pagination={items.length > 50 ? { pageSize: 50, size: "small" } : false}
              scroll={{ x: "max-content" }}
              locale={{
                emptyText: (
                  <Nothing
                    title={t("reconciliations.noMismatches")}
                    hint={t("reconciliations.noMismatchesHint")}
                  />
                ),
              }}
            />
          </>
        )}
      </Loaded>
    </Panel>
  );
}
