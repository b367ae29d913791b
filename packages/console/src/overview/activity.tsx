// What the latest exchanges tell: over time by link, how they ended, how long they took.
import type { Exchange } from "@pointbridge/sdk";
import { Table, type TableColumnsType } from "antd";
import { type ReactNode, useMemo } from "react";
import { Chart, type ChartDrawing } from "../charts/index.ts";
import { useTexts } from "../i18n/index.ts";
import { formatDuration, Panel, useFormats, When } from "../parts/index.ts";
import { type Figures, type LinkFigures, toFigures } from "./figures.ts";
import { Partners } from "./partners.tsx";
import { Points } from "./points.tsx";

function Figure({ value, name }: { readonly value: string; readonly name: string }): ReactNode {
  return (
    <div className="figure">
      <p className="figure-value">{value}</p>
      <p className="figure-name">{name}</p>
    </div>
  );
}

function FigureRow({ figures }: { readonly figures: Figures }): ReactNode {
  const { t, language } = useTexts();
  const { count } = useFormats();
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const told = (durationMs: number | undefined) =>
    durationMs === undefined ? "–" : formatDuration(durationMs);
  return (
    <div className="figures">
      <Figure value={count(figures.completed)} name={t("overview.completed")} />
      <Figure
        value={figures.completedShare === undefined ? "–" : percent.format(figures.completedShare)}
        name={t("overview.share")}
      />
      <Figure value={told(figures.medianMs)} name={t("overview.median")} />
      <Figure value={told(figures.slowestMs)} name={t("overview.slow")} />
    </div>
  );
}

function Refusals({ figures }: { readonly figures: Figures }): ReactNode {
  const { t, find } = useTexts();
  const { refusals } = figures;
  const drawing = useMemo<ChartDrawing>(
    () => ({
      kind: "bars",
      bars: refusals
        .slice(0, 6)
        .map(([code, value]) => ({ name: find("codes", code) ?? code, value, tone: "bad" as const })),
    }),
    [refusals, find],
  );
  return (
    <Panel title={t("overview.refusals")}>
      {refusals.length === 0 ? (
        <p className="faint">{t("overview.noRefusals")}</p>
      ) : (
        <Chart drawing={drawing} label={t("overview.refusals")} isSmall />
      )}
    </Panel>
  );
}

function ByLink({ figures }: { readonly figures: Figures }): ReactNode {
  const { t } = useTexts();
  const { count } = useFormats();
  const columns: TableColumnsType<LinkFigures> = [
    { title: t("overview.link"), render: (_, row) => <span className="route">{row.link}</span> },
    {
      title: t("overview.made"),
      align: "right",
      render: (_, row) => <span className="number">{count(row.made)}</span>,
    },
    {
      title: t("overview.done"),
      align: "right",
      render: (_, row) => <span className="number">{count(row.completed)}</span>,
    },
    { title: t("overview.given"), align: "right", render: (_, row) => <Points points={row.given} /> },
    { title: t("overview.received"), align: "right", render: (_, row) => <Points points={row.received} /> },
  ];
  return (
    <Panel title={t("overview.links")} isFlush>
      <Table<LinkFigures>
        aria-label={t("overview.links")}
        size="small"
        columns={columns}
        dataSource={figures.links.slice(0, 8)}
        rowKey={(row) => row.link}
        pagination={false}
      />
    </Panel>
  );
}

export function Activity({ exchanges }: { readonly exchanges: readonly Exchange[] }): ReactNode {
  const { t } = useTexts();
  const { count } = useFormats();
  const figures = useMemo(() => toFigures(exchanges, Date.now()), [exchanges]);
  const drawing = useMemo<ChartDrawing>(() => ({ kind: "stack", lines: figures.lines }), [figures]);
  const [before = "", after = ""] = t("overview.activityNote", {
    count: count(exchanges.length),
    from: "\u0000",
  }).split("\u0000");
  return (
    <>
      <Panel
        title={t("overview.activity")}
        note={
          <>
            {before}
            <When at={new Date(figures.sinceMs).toISOString()} />
            {after}
          </>
        }
      >
        <FigureRow figures={figures} />
        <Chart drawing={drawing} label={t("overview.activity")} />
      </Panel>
      <div className="grid-2">
        <Refusals figures={figures} />
        <ByLink figures={figures} />
      </div>
      <Partners exchanges={exchanges} />
    </>
  );
}
