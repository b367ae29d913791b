// The lines that an exchange wrote into the members' statements here.
import type { Account, Entry, Exchange } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { client, useSystems } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Loaded, Nothing, useFormats, When } from "../parts/index.ts";

interface Line {
  readonly account: Account;
  readonly entry: Entry;
}

async function readLines(
  systemId: string,
  userId: string,
  creditTypeId: string,
  operationId: string,
): Promise<Line[]> {
  const accounts = await client.accounts.list({ system_id: systemId, user_id: userId }).toArray();
  const account = accounts.find((each) => each.credit_type_id === creditTypeId);
  if (account === undefined) return [];
  const { items } = await client.accounts.listEntries(account.account_id, { limit: 1000 }).page();
  return items.filter((entry) => entry.operation_id === operationId).map((entry) => ({ account, entry }));
}

function useColumns(): TableColumnsType<Line> {
  const { t, find } = useTexts();
  const { points } = useFormats();
  return [
    {
      title: t("exchanges.account"),
      render: (_, { account }) => (
        <Link to="/members" search={{ user: account.user_id, account: account.account_id }}>
          {account.system_id} · {account.user_id}
        </Link>
      ),
    },
    {
      title: t("exchanges.entry"),
      render: (_, { entry }) => find("members", `entry${entry.entry}`) ?? entry.entry,
    },
    {
      title: t("exchanges.amount"),
      align: "right",
      render: (_, { account, entry }) => (
        <span className="number">
          {points(entry.amount)} <span className="unit">{account.credit_type_id}</span>
        </span>
      ),
    },
    {
      title: t("exchanges.after"),
      align: "right",
      render: (_, { entry }) => <span className="number">{points(entry.available_after)}</span>,
    },
    {
      title: t("exchanges.frozenAfter"),
      align: "right",
      render: (_, { entry }) => <span className="number">{points(entry.frozen_after)}</span>,
    },
    {
      title: t("exchanges.created"),
      align: "right",
      render: (_, { entry }) => <When at={entry.created_at} />,
    },
  ];
}

interface Side {
  readonly system: string;
  readonly user: string | null;
  readonly type: string;
}

function sidesOf(exchange: Exchange): Side[] {
  return [
    { system: exchange.source_system, user: exchange.user_id, type: exchange.source_credit_type },
    { system: exchange.target_system, user: exchange.target_user_id, type: exchange.target_credit_type },
  ];
}

async function readSides(sides: readonly Side[], operationId: string): Promise<Line[]> {
  const known = sides.flatMap(({ system, user, type }) => (user === null ? [] : [{ system, user, type }]));
  const lines = await Promise.all(
    known.map(({ system, user, type }) => readLines(system, user, type, operationId)),
  );
  return lines.flat().sort((left, right) => left.entry.created_at.localeCompare(right.entry.created_at));
}

export function Movements({ exchange }: { readonly exchange: Exchange }): ReactNode {
  const { t } = useTexts();
  const columns = useColumns();
  const systems = useSystems().data ?? [];
  const isHosted = ({ system }: Side) =>
    systems.some((one) => one.system_id === system && one.kind === "hosted");
  const sides = sidesOf(exchange);
  const hosted = sides.filter(isHosted);
  const elsewhere = sides.filter((side) => !isHosted(side));
  const query = useQuery({
    queryKey: ["movements", exchange.operation_id, exchange.updated_at, hosted.map(({ system }) => system)],
    queryFn: () => readSides(hosted, exchange.operation_id),
    enabled: systems.length > 0,
  });
  return (
    <Loaded query={query} rows={2}>
      {(lines) => (
        <>
          <Table<Line>
            aria-label={t("exchanges.movements")}
            size="small"
            columns={columns}
            dataSource={lines}
            rowKey={({ entry }) => entry.transaction_id}
            pagination={false}
            scroll={{ x: "max-content" }}
            locale={{ emptyText: <Nothing title={t("exchanges.movementsNone")} /> }}
          />
          {elsewhere.map(({ system }) => (
            <p key={system} className="panel-foot">
              {t("exchanges.movementsElsewhere", { system })}
            </p>
          ))}
        </>
      )}
    </Loaded>
  );
}
