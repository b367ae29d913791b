// The log of everything that has an operation id: who asked for what, and what came of it.
import type { Operation, OperationFilter } from "@pointbridge/sdk";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select, type TableColumnsType } from "antd";
import { type ReactNode, useMemo } from "react";
import { client, useSystemOptions } from "../api/index.ts";
import { PeriodFilter, TextFilter } from "../filters/index.ts";
import { type TextKey, useTexts } from "../i18n/index.ts";
import {
  CursorTable,
  Identifier,
  Nothing,
  Page,
  Panel,
  StatusMark,
  useFormats,
  When,
} from "../parts/index.ts";
import { OperationDrawer } from "./operation-drawer.tsx";

interface LogSearch {
  readonly type?: string;
  readonly status?: string;
  readonly user?: string;
  readonly source?: string;
  readonly target?: string;
  readonly after?: string;
  readonly before?: string;
  readonly operation?: string;
  readonly cursor?: string;
}

type Type = NonNullable<OperationFilter["type"]>;
type Status = NonNullable<OperationFilter["status"]>;

/** Each in the order that it is offered in; one that the node knows and this page does not is a type error. */
const typeTexts = {
  cross_system_exchange: "log.typecross_system_exchange",
  cross_system_add_credits: "log.typecross_system_add_credits",
  cross_system_hold: "log.typecross_system_hold",
  add_credits: "log.typeadd_credits",
  deduct_credits: "log.typededuct_credits",
  hold_credits: "log.typehold_credits",
  open_account: "log.typeopen_account",
  exchange_rate_update: "log.typeexchange_rate_update",
  mapping_update: "log.typemapping_update",
  api_key_update: "log.typeapi_key_update",
  reconciliation_adjustment: "log.typereconciliation_adjustment",
  grant_update: "log.typegrant_update",
  system_update: "log.typesystem_update",
  credit_type_update: "log.typecredit_type_update",
  link_update: "log.typelink_update",
  limit_update: "log.typelimit_update",
  limit_settlement: "log.typelimit_settlement",
  user_update: "log.typeuser_update",
  user_provisioning: "log.typeuser_provisioning",
  key_update: "log.typekey_update",
  webhook_update: "log.typewebhook_update",
  alert_channel_update: "log.typealert_channel_update",
  cross_system_reconciliation: "log.typecross_system_reconciliation",
} as const satisfies Readonly<Record<Type, TextKey>>;
const statusTexts = {
  started: "statuses.started",
  in_progress: "statuses.in_progress",
  retrying: "statuses.retrying",
  pending_approval: "statuses.pending_approval",
  completed: "statuses.completed",
  failed: "statuses.failed",
} as const satisfies Readonly<Record<Status, TextKey>>;

/** The names of a record's fields. */
function namesOf<K extends string>(texts: Readonly<Record<K, TextKey>>): readonly K[] {
  return Object.keys(texts) as K[];
}
const types = namesOf<Type>(typeTexts);
const statuses = namesOf<Status>(statusTexts);

function toFilter(search: LogSearch): OperationFilter {
  return {
    type: types.find((type) => type === search.type),
    status: statuses.find((status) => status === search.status),
    user_id: search.user,
    source_system: search.source,
    target_system: search.target,
    created_after: search.after,
    created_before: search.before,
  };
}

function useColumns(search: LogSearch): TableColumnsType<Operation> {
  const { t, find } = useTexts();
  const { points } = useFormats();
  return useMemo(
    () => [
      {
        title: t("log.operation"),
        render: (_, row) => (
          <Identifier value={row.operation_id} longest={26}>
            {(text) => (
              <Link to="/log" search={{ ...search, operation: row.operation_id }}>
                {text}
              </Link>
            )}
          </Identifier>
        ),
      },
      { title: t("log.type"), render: (_, row) => find("log", `type${row.type}`) ?? row.type },
      { title: t("log.status"), render: (_, row) => <StatusMark status={row.status} /> },
      { title: t("log.who"), render: (_, row) => row.principal },
      {
        title: t("log.about"),
        render: (_, row) => {
          const route = [row.source_system, row.target_system].filter((one) => one !== null).join(" → ");
          return (
            <span className="route">
              {[row.user_id, route].filter((one) => one !== null && one !== "").join(" · ")}
            </span>
          );
        },
      },
      {
        title: t("log.amount"),
        align: "right",
        render: (_, row) =>
          row.source_amount === null ? (
            ""
          ) : (
            <span className="number">
              {points(row.source_amount)} <span className="unit">{row.source_credit_type}</span>
            </span>
          ),
      },
      { title: t("log.at"), align: "right", render: (_, row) => <When at={row.created_at} /> },
    ],
    [t, find, points, search],
  );
}

interface BarProps {
  readonly search: LogSearch;
  readonly onChange: (change: Partial<Record<keyof LogSearch, string | undefined>>) => void;
  readonly onClear: () => void;
}

function Bar({ search, onChange, onClear }: BarProps): ReactNode {
  const { t } = useTexts();
  const systems = useSystemOptions();
  const choose = (name: "source" | "target", label: string) => (
    <Select
      className="filter-choice"
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch
      value={search[name]}
      options={systems}
      onChange={(value: string | undefined) => onChange({ [name]: value })}
    />
  );
  return (
    <search className="filters" aria-label={t("exchanges.filters")}>
      <Select
        className="filter-choice"
        aria-label={t("log.type")}
        placeholder={t("log.type")}
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        value={search.type}
        options={types.map((value) => ({ value, label: t(typeTexts[value]) }))}
        onChange={(type: string | undefined) => onChange({ type })}
      />
      <Select
        className="filter-choice"
        aria-label={t("log.status")}
        placeholder={t("log.status")}
        allowClear
        value={search.status}
        options={statuses.map((value) => ({ value, label: t(statusTexts[value]) }))}
        onChange={(status: string | undefined) => onChange({ status })}
      />
      <TextFilter label={t("exchanges.member")} value={search.user} onEnter={(user) => onChange({ user })} />
      {choose("source", t("exchanges.source"))}
      {choose("target", t("exchanges.target"))}
      <PeriodFilter
        after={search.after}
        before={search.before}
        onChange={(after, before) => onChange({ after, before })}
      />
      {Object.keys(search).length > 0 ? (
        <Button type="link" onClick={onClear}>
          {t("exchanges.clear")}
        </Button>
      ) : null}
    </search>
  );
}

export function OperationLog(): ReactNode {
  const { t } = useTexts();
  const search: LogSearch = useSearch({ from: "/log" });
  const navigate = useNavigate();
  const columns = useColumns(search);
  const { cursor, operation, ...filters } = search;
  const go = (next: LogSearch) => void navigate({ to: "/log", search: next });
  const change = (part: Partial<Record<keyof LogSearch, string | undefined>>) => {
    const kept = Object.entries({ ...filters, ...part }).filter(([, value]) => value !== undefined);
    go(Object.fromEntries(kept));
  };
  return (
    <Page title={t("log.title")} intro={t("log.intro")}>
      <Panel isFlush>
        <Bar search={filters} onChange={change} onClear={() => go({})} />
        <CursorTable<Operation>
          label={t("log.title")}
          queryKey={["operations", filters]}
          read={(at) => client.operations.list({ ...toFilter(search), cursor: at, limit: 50 }).page()}
          columns={columns}
          rowKey={(row) => row.operation_id}
          cursor={cursor}
          onCursor={(at) => go(at === undefined ? filters : { ...filters, cursor: at })}
          empty={<Nothing title={t("log.empty")} hint={t("log.emptyHint")} />}
          refreshMs={10_000}
          isSelected={(row) => row.operation_id === operation}
        />
      </Panel>
      {operation === undefined ? null : (
        <OperationDrawer
          id={operation}
          onClose={() => go(cursor === undefined ? filters : { ...filters, cursor })}
        />
      )}
    </Page>
  );
}
