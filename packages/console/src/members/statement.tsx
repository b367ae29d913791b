// A member's accounts, and the statement of the chosen one with its running balance.
import type { Account, Entry } from "@pointbridge/sdk";
import { Link } from "@tanstack/react-router";
import type { TableColumnsType } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { CursorTable, Identifier, Nothing, Panel, useFormats, When } from "../parts/index.ts";

const signs: Readonly<Record<Entry["entry"], string>> = {
  credit: "+",
  debit: "−",
  hold: "−",
  capture: "−",
  release: "+",
};

interface AccountsProps {
  readonly accounts: readonly Account[];
  readonly chosen: string | undefined;
  readonly onChoose: (accountId: string) => void;
}

export function Accounts({ accounts, chosen, onChoose }: AccountsProps): ReactNode {
  const { t } = useTexts();
  const { points } = useFormats();
  return (
    <div className="accounts">
      {accounts.map((account) => (
        <button
          key={account.account_id}
          type="button"
          className="account-card"
          aria-pressed={account.account_id === chosen}
          onClick={() => onChoose(account.account_id)}
        >
          <span className="account-system">
            <span>{account.system_id}</span>
            <span>{account.credit_type_id}</span>
          </span>
          <span className="account-available">{points(account.available)}</span>{" "}
          <span className="unit">{t("members.available")}</span>
          <br />
          <span className={account.frozen > 0n ? "account-frozen is-frozen" : "account-frozen"}>
            {account.frozen > 0n
              ? t("members.frozen", { amount: points(account.frozen) })
              : t("members.noneFrozen")}
          </span>
        </button>
      ))}
    </div>
  );
}

function useColumns(): TableColumnsType<Entry> {
  const { t } = useTexts();
  const { points } = useFormats();
  return useMemo(
    () => [
      { title: t("members.at"), render: (_, entry) => <When at={entry.created_at} /> },
      { title: t("members.entry"), render: (_, entry) => t(`members.entry${entry.entry}`) },
      {
        title: t("members.amount"),
        align: "right",
        render: (_, entry) => (
          <span className={signs[entry.entry] === "+" ? "number amount-in" : "number amount-out"}>
            {signs[entry.entry]} {points(entry.amount)}
          </span>
        ),
      },
      {
        title: t("members.availableAfter"),
        align: "right",
        render: (_, entry) => <b className="number">{points(entry.available_after)}</b>,
      },
      {
        title: t("members.frozenAfter"),
        align: "right",
        render: (_, entry) => <span className="number faint">{points(entry.frozen_after)}</span>,
      },
      {
        title: t("members.operation"),
        render: (_, entry) => (
          <Identifier value={entry.operation_id} longest={26}>
            {(text) => (
              <Link to="/log" search={{ operation: entry.operation_id }}>
                {text}
              </Link>
            )}
          </Identifier>
        ),
      },
    ],
    [t, points],
  );
}

export function Statement({ account }: { readonly account: Account }): ReactNode {
  const { t } = useTexts();
  const columns = useColumns();
  const [cursor, setCursor] = useState<string | undefined>(undefined);
  const { account_id: id, system_id: system, credit_type_id: type } = account;
  return (
    <Panel
      title={t("members.statementOf", { system, type })}
      note={<Identifier value={id} longest={32} />}
      isFlush
    >
      <CursorTable<Entry>
        label={t("members.statement")}
        queryKey={["entries", id]}
        read={(at) => client.accounts.listEntries(id, { limit: 25, cursor: at }).page()}
        columns={columns}
        rowKey={(entry) => entry.transaction_id}
        cursor={cursor}
        onCursor={setCursor}
        empty={<Nothing title={t("members.noEntries")} />}
        refreshMs={5_000}
      />
    </Panel>
  );
}
