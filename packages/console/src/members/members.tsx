// One member: where their points are, their accounts and statement, their exchanges, who they are elsewhere.
import type { Account, Exchange } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { UsedLimits } from "../limits/index.ts";
import {
  Finder,
  Identifier,
  Loaded,
  Nothing,
  Page,
  Panel,
  StatusMark,
  useFormats,
  When,
} from "../parts/index.ts";
import { WherePointsAre } from "./answer.tsx";
import { Mappings } from "./mappings.tsx";
import { Accounts, Statement } from "./statement.tsx";

const liveMs = 5_000;
const exchangesShown = 20;

function Exchanges({
  user,
  exchanges,
}: {
  readonly user: string;
  readonly exchanges: readonly Exchange[];
}): ReactNode {
  const { t } = useTexts();
  const { points } = useFormats();
  const columns: TableColumnsType<Exchange> = [
    {
      title: t("exchanges.id"),
      render: (_, row) => (
        <Identifier value={row.operation_id} longest={13}>
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
      title: t("exchanges.gives"),
      render: (_, row) => (
        <span className="number">
          {points(row.source_amount)} <span className="unit">{row.source_system}</span>{" "}
          <span className="route-arrow">→</span> {points(row.target_amount)}{" "}
          <span className="unit">{row.target_system}</span>
        </span>
      ),
    },
    { title: t("exchanges.created"), align: "right", render: (_, row) => <When at={row.created_at} /> },
  ];
  return (
    <Panel
      title={t("members.exchanges")}
      extra={
        <Link to="/exchanges" search={{ user }}>
          {t("members.allExchanges")}
        </Link>
      }
      isFlush
    >
      <Table<Exchange>
        aria-label={t("members.exchanges")}
        size="small"
        columns={columns}
        dataSource={exchanges.slice(0, exchangesShown)}
        rowKey={(row) => row.operation_id}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <Nothing title={t("members.noExchanges")} /> }}
      />
    </Panel>
  );
}

interface MemberData {
  readonly accounts: readonly Account[];
  readonly exchanges: readonly Exchange[];
}

async function readMember(user: string): Promise<MemberData> {
  const underWay = (["processing", "needs_attention"] as const).map((status) =>
    client.exchanges.list({ user_id: user, status, limit: 100 }).page(),
  );
  const [accounts, latest, ...waiting] = await Promise.all([
    client.accounts.list({ user_id: user, limit: 1000 }).page(),
    client.exchanges.list({ user_id: user, limit: exchangesShown }).page(),
    ...underWay,
  ]);
  // One that is stuck for long is not among the latest.
  const all = new Map(
    [...waiting, latest].flatMap(({ items }) => items.map((one) => [one.operation_id, one])),
  );
  const exchanges = [...all.values()].sort((left, right) => right.created_at.localeCompare(left.created_at));
  return { accounts: accounts.items, exchanges };
}

function Member({ user, data }: { readonly user: string; readonly data: MemberData }): ReactNode {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ from: "/members" });
  const { accounts, exchanges } = data;
  if (accounts.length === 0 && exchanges.length === 0) {
    return (
      <Panel>
        <Nothing title={t("members.none", { user })} hint={t("members.noneHint")} />
      </Panel>
    );
  }
  const chosen = accounts.find(({ account_id: id }) => id === search.account) ?? accounts[0];
  const choose = (account: string) => void navigate({ to: "/members", search: { user, account } });
  const systems = [
    ...new Set([...accounts.map((one) => one.system_id), ...exchanges.map((one) => one.source_system)]),
  ];
  return (
    <>
      <WherePointsAre accounts={accounts} exchanges={exchanges} />
      <Accounts accounts={accounts} chosen={chosen?.account_id} onChoose={choose} />
      {chosen === undefined ? null : <Statement key={chosen.account_id} account={chosen} />}
      <div className="grid-2">
        <Exchanges user={user} exchanges={exchanges} />
        <div className="column">
          <Mappings userId={user} systems={systems} />
          <UsedLimits user={user} accounts={accounts} />
        </div>
      </div>
    </>
  );
}

export function Members(): ReactNode {
  const { t } = useTexts();
  const { user } = useSearch({ from: "/members" });
  const navigate = useNavigate();
  const query = useQuery({
    queryKey: ["member", user],
    queryFn: () => readMember(user ?? ""),
    enabled: user !== undefined,
    refetchInterval: liveMs,
  });
  return (
    <Page title={user ?? t("members.title")} intro={user === undefined ? t("members.intro") : undefined}>
      <Finder
        found={user}
        label={t("members.search")}
        action={t("members.find")}
        onFind={(text) => void navigate({ to: "/members", search: { user: text } })}
      />
      {user === undefined ? (
        <Panel>
          <Nothing title={t("members.startTitle")} hint={t("members.startHint")} />
        </Panel>
      ) : (
        <Loaded query={query} rows={10}>
          {(data) => <Member user={user} data={data} />}
        </Loaded>
      )}
    </Page>
  );
}
