// What a person has to look at: open first, each with what was found and how it was settled.
import type { Inconsistency } from "@pointbridge/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Drawer, Input, Segmented, type TableColumnsType } from "antd";
import { type ReactNode, useId, useState } from "react";
import { client, IfMay } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import {
  CursorTable,
  type Fact,
  Facts,
  formatDuration,
  Identifier,
  Loaded,
  Nothing,
  Page,
  Panel,
  StatusMark,
  useNow,
  VerbDialog,
  When,
} from "../parts/index.ts";

interface Search {
  readonly status?: string;
  readonly id?: string;
  readonly cursor?: string;
}

function Age({ since }: { readonly since: string }): ReactNode {
  const nowMs = useNow(30_000);
  return <span className="number">{formatDuration(Math.max(0, nowMs - Date.parse(since)))}</span>;
}

function useColumns(search: Search): TableColumnsType<Inconsistency> {
  const { t, find } = useTexts();
  return [
    {
      title: t("inconsistencies.id"),
      render: (_, row) => (
        <Identifier value={row.id} longest={40}>
          {(text) => (
            <Link to="/inconsistencies" search={{ ...search, id: row.id }}>
              {text}
            </Link>
          )}
        </Identifier>
      ),
    },
    {
      title: t("inconsistencies.type"),
      render: (_, row) => find("inconsistencies", `kind${row.type}`) ?? row.type,
    },
    { title: t("inconsistencies.status"), render: (_, row) => <StatusMark status={row.status} /> },
    {
      title: t("inconsistencies.route"),
      render: (_, row) => [row.source_system, row.target_system].filter((one) => one !== null).join(" → "),
    },
    {
      title: t("inconsistencies.age"),
      align: "right",
      render: (_, row) => (row.resolved_at === null ? <Age since={row.opened_at} /> : ""),
    },
    { title: t("inconsistencies.resolvedBy"), render: (_, row) => row.resolved_by ?? "" },
    { title: t("inconsistencies.opened"), align: "right", render: (_, row) => <When at={row.opened_at} /> },
  ];
}

function Resolve({
  inconsistency,
  onClose,
}: {
  readonly inconsistency: Inconsistency;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const fieldId = useId();
  const [resolution, setResolution] = useState("");
  const finish = () => {
    void message.success(t("inconsistencies.done"));
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <VerbDialog
      title={t("inconsistencies.resolveTitle")}
      verb={t("inconsistencies.resolve")}
      isBlocked={resolution.trim() === ""}
      reasonLabel={t("inconsistencies.note")}
      run={(note) =>
        client.inconsistencies.resolve(inconsistency.id, { resolution: resolution.trim(), note })
      }
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("inconsistencies.resolveIntro")}</p>
      <div className="field">
        <label htmlFor={fieldId}>{t("inconsistencies.resolution")}</label>
        <Input
          id={fieldId}
          value={resolution}
          maxLength={200}
          onChange={(event) => setResolution(event.target.value)}
        />
        <p className="field-hint">{t("inconsistencies.resolutionHint")}</p>
      </div>
    </VerbDialog>
  );
}

function useFacts(one: Inconsistency): Fact[] {
  const { t, find } = useTexts();
  const facts: Fact[] = [
    [t("inconsistencies.type"), find("inconsistencies", `kind${one.type}`) ?? one.type],
    [t("inconsistencies.status"), <StatusMark key="status" status={one.status} />],
    [t("inconsistencies.opened"), <When key="opened" at={one.opened_at} />],
  ];
  if (one.operation_id !== null) {
    facts.push([
      t("inconsistencies.exchange"),
      <Link
        key="exchange"
        to="/exchanges/$operationId"
        params={{ operationId: one.operation_id }}
        className="mono"
      >
        {one.operation_id}
      </Link>,
    ]);
  }
  if (one.resolved_at !== null) {
    facts.push(
      [t("inconsistencies.resolution"), one.resolution ?? "–"],
      [t("inconsistencies.note"), one.note ?? "–"],
      [t("inconsistencies.resolvedBy"), one.resolved_by ?? "–"],
      [t("inconsistencies.resolved"), <When key="resolved" at={one.resolved_at} />],
    );
  }
  return facts;
}

function Content({ inconsistency }: { readonly inconsistency: Inconsistency }): ReactNode {
  const { t } = useTexts();
  const [isResolving, setIsResolving] = useState(false);
  const facts = useFacts(inconsistency);
  return (
    <div className="dialog-body">
      <Facts facts={facts} />
      <details className="raw" open>
        <summary>{t("inconsistencies.data")}</summary>
        <pre tabIndex={0}>{JSON.stringify(inconsistency.data, null, 2)}</pre>
      </details>
      {inconsistency.status === "open" ? (
        <IfMay ability="operate">
          <Button type="primary" onClick={() => setIsResolving(true)}>
            {t("inconsistencies.resolve")}
          </Button>
        </IfMay>
      ) : null}
      {isResolving ? <Resolve inconsistency={inconsistency} onClose={() => setIsResolving(false)} /> : null}
    </div>
  );
}

function Detail({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const query = useQuery({ queryKey: ["inconsistency", id], queryFn: () => client.inconsistencies.get(id) });
  return (
    <Drawer open title={id} size={560} onClose={onClose}>
      <Loaded query={query} rows={8}>
        {(inconsistency) => <Content inconsistency={inconsistency} />}
      </Loaded>
    </Drawer>
  );
}

export function Inconsistencies(): ReactNode {
  const { t } = useTexts();
  const search: Search = useSearch({ from: "/inconsistencies" });
  const navigate = useNavigate();
  const columns = useColumns(search);
  const status = search.status === "all" || search.status === "resolved" ? search.status : "open";
  const go = (next: Search) => void navigate({ to: "/inconsistencies", search: next });
  const { id, cursor, ...filters } = search;
  const isOpen = status === "open";
  return (
    <Page title={t("inconsistencies.title")} intro={t("inconsistencies.intro")}>
      <Panel isFlush>
        <div className="filters">
          <Segmented
            aria-label={t("inconsistencies.status")}
            value={status}
            options={[
              { value: "open", label: t("inconsistencies.open") },
              { value: "resolved", label: t("statuses.resolved") },
              { value: "all", label: t("inconsistencies.all") },
            ]}
            onChange={(value) => go({ status: value })}
          />
        </div>
        <CursorTable<Inconsistency>
          label={t("inconsistencies.title")}
          queryKey={["inconsistencies", status]}
          read={(at) =>
            client.inconsistencies
              .list({ status: status === "all" ? undefined : status, cursor: at, limit: 50 })
              .page()
          }
          columns={columns}
          rowKey={(row) => row.id}
          cursor={cursor}
          onCursor={(at) => go(at === undefined ? filters : { ...filters, cursor: at })}
          empty={
            <Nothing
              title={t(isOpen ? "inconsistencies.emptyOpen" : "inconsistencies.empty")}
              hint={isOpen ? t("inconsistencies.emptyOpenHint") : undefined}
            />
          }
          refreshMs={10_000}
          isSelected={(row) => row.id === id}
        />
      </Panel>
      {id === undefined ? null : (
        <Detail id={id} onClose={() => go(cursor === undefined ? filters : { ...filters, cursor })} />
      )}
    </Page>
  );
}
