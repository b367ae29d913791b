// The list of exchanges: filters in the address, a page at a time, as a file, as a saved view.
import { DownloadOutlined, StarOutlined } from "@ant-design/icons";
import type { Exchange } from "@pointbridge/sdk";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Dropdown, Input, type MenuProps, Modal, type TableColumnsType } from "antd";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import {
  CursorTable,
  formatDuration,
  Identifier,
  Nothing,
  Page,
  Panel,
  StatusMark,
  useFailureText,
  useFormats,
  When,
} from "../parts/index.ts";
import { downloadCsv } from "./csv.ts";
import { type ExchangeSearch, isFiltered, toFilter } from "./filter.ts";
import { FilterBar } from "./filter-bar.tsx";
import { useSavedViews } from "./saved-views.ts";

const refreshMs = 5_000;

/** What an exchange took, once it has ended. */
function tookMs({ status, created_at: from, updated_at: to }: Exchange): number | undefined {
  return status === "completed" || status === "failed" ? Date.parse(to) - Date.parse(from) : undefined;
}

function Gets({ row }: { readonly row: Exchange }): ReactNode {
  const { find } = useTexts();
  const { points } = useFormats();
  if (row.failure !== null) {
    return <span className="why-not">{find("codes", row.failure.code) ?? row.failure.code}</span>;
  }
  return (
    <span className="number">
      {points(row.target_amount)} <span className="unit">{row.target_credit_type}</span>
    </span>
  );
}

function Took({ row }: { readonly row: Exchange }): ReactNode {
  const durationMs = tookMs(row);
  return <span className="number faint">{durationMs === undefined ? "–" : formatDuration(durationMs)}</span>;
}

function useColumns(): TableColumnsType<Exchange> {
  const { t } = useTexts();
  const { points } = useFormats();
  return useMemo(
    () => [
      {
        title: t("exchanges.id"),
        render: (_, row) => (
          <Identifier value={row.operation_id} longest={22}>
            {(text) => (
              <Link to="/exchanges/$operationId" params={{ operationId: row.operation_id }}>
                {text}
              </Link>
            )}
          </Identifier>
        ),
      },
      { title: t("exchanges.status"), render: (_, row) => <StatusMark status={row.status} /> },
      {
        title: t("exchanges.member"),
        render: (_, row) => (
          <Link to="/members" search={{ user: row.user_id }} className="quiet">
            {row.user_id}
          </Link>
        ),
      },
      {
        title: t("exchanges.route"),
        render: (_, row) => (
          <span className="route">
            {row.source_system} <span className="route-arrow">→</span> {row.target_system}
          </span>
        ),
      },
      {
        title: t("exchanges.gives"),
        align: "right",
        render: (_, row) => (
          <span className="number">
            {points(row.source_amount)} <span className="unit">{row.source_credit_type}</span>
          </span>
        ),
      },
      { title: t("exchanges.gets"), align: "right", render: (_, row) => <Gets row={row} /> },
      { title: t("exchanges.took"), align: "right", render: (_, row) => <Took row={row} /> },
      { title: t("exchanges.created"), align: "right", render: (_, row) => <When at={row.created_at} /> },
    ],
    [t, points],
  );
}

function CsvButton({ search }: { readonly search: ExchangeSearch }): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const tell = useFailureText();
  const [lines, setLines] = useState<number | undefined>(undefined);
  const running = useRef<AbortController | undefined>(undefined);
  const run = async () => {
    if (running.current !== undefined) return;
    running.current = new AbortController();
    setLines(0);
    try {
      const result = await downloadCsv(toFilter(search), setLines, running.current.signal);
      void message.success(
        t(result.isWhole ? "exchanges.csvDone" : "exchanges.csvCut", { count: result.lines }),
      );
    } catch (error) {
      void message.error(tell(error));
    } finally {
      running.current = undefined;
      setLines(undefined);
    }
  };
  return (
    <Button
      icon={<DownloadOutlined aria-hidden="true" />}
      loading={lines !== undefined}
      onClick={() => void run()}
    >
      {lines === undefined ? t("exchanges.csv") : t("exchanges.csvRunning", { count: lines })}
    </Button>
  );
}

interface ViewsProps {
  readonly search: ExchangeSearch;
  readonly onOpen: (search: ExchangeSearch) => void;
}

function Views({ search, onOpen }: ViewsProps): ReactNode {
  const { t } = useTexts();
  const { views, save, remove } = useSavedViews();
  const [name, setName] = useState<string | undefined>(undefined);
  const items: MenuProps["items"] = [
    ...views.map((view) => ({
      key: view.name,
      label: view.name,
      onClick: () => onOpen(view.search),
      extra: (
        <button
          type="button"
          className="link"
          onClick={(event) => {
            event.stopPropagation();
            remove(view.name);
          }}
        >
          {t("exchanges.removeView")}
        </button>
      ),
    })),
    ...(views.length === 0 ? [{ key: "none", disabled: true, label: t("exchanges.noViews") }] : []),
    { type: "divider" as const },
    { key: "+", label: t("exchanges.saveView"), disabled: !isFiltered(search), onClick: () => setName("") },
  ];
  const finish = () => {
    const { cursor: _cursor, ...filters } = search;
    if (name !== undefined && name.trim() !== "") save({ name: name.trim(), search: filters });
    setName(undefined);
  };
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]}>
        <Button icon={<StarOutlined aria-hidden="true" />}>{t("exchanges.views")}</Button>
      </Dropdown>
      <Modal
        open={name !== undefined}
        title={t("exchanges.saveView")}
        okText={t("parts.save")}
        cancelText={t("parts.cancel")}
        onOk={finish}
        onCancel={() => setName(undefined)}
        width={420}
      >
        <Input
          aria-label={t("exchanges.viewName")}
          placeholder={t("exchanges.viewName")}
          value={name ?? ""}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={finish}
        />
      </Modal>
    </>
  );
}

export function ExchangeList(): ReactNode {
  const { t } = useTexts();
  const search = useSearch({ from: "/exchanges" });
  const navigate = useNavigate();
  const columns = useColumns();
  const go = (next: ExchangeSearch) => void navigate({ to: "/exchanges", search: next });
  const { cursor, ...filters } = search;
  const change = (part: Partial<Record<keyof ExchangeSearch, string | undefined>>) => {
    const kept = Object.entries({ ...filters, ...part }).filter(([, value]) => value !== undefined);
    go(Object.fromEntries(kept));
  };
  const empty = isFiltered(search) ? (
    <Nothing
      title={t("exchanges.emptyFiltered")}
      hint={t("exchanges.emptyFilteredHint")}
      action={<Button onClick={() => go({})}>{t("exchanges.clear")}</Button>}
    />
  ) : (
    <Nothing title={t("exchanges.emptyTitle")} hint={t("exchanges.emptyHint")} />
  );
  return (
    <Page
      title={t("exchanges.title")}
      intro={t("exchanges.intro")}
      actions={
        <>
          <Views search={search} onOpen={go} />
          <CsvButton search={search} />
        </>
      }
    >
      <Panel isFlush>
        <FilterBar search={search} onChange={change} onClear={() => go({})} />
        <CursorTable<Exchange>
          label={t("exchanges.title")}
          queryKey={["exchanges", filters]}
          read={(at) => client.exchanges.list({ ...toFilter(search), cursor: at, limit: 50 }).page()}
          columns={columns}
          rowKey={(row) => row.operation_id}
          cursor={cursor}
          onCursor={(at) => go(at === undefined ? filters : { ...filters, cursor: at })}
          empty={empty}
          refreshMs={refreshMs}
        />
      </Panel>
    </Page>
  );
}
