// One operation of whatever type, beside the log.
import type { Operation } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import type { ReactNode } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { type Fact, Facts, Identifier, Loaded, StatusMark, useFormats, When } from "../parts/index.ts";

function useFacts(operation: Operation): Fact[] {
  const { t, find } = useTexts();
  const { points } = useFormats();
  const facts: (Fact | undefined)[] = [
    [t("log.operation"), <Identifier key="id" value={operation.operation_id} />],
    [t("log.type"), find("log", `type${operation.type}`) ?? operation.type],
    [t("log.status"), <StatusMark key="status" status={operation.status} />],
    [t("log.state"), <code key="state">{operation.state}</code>],
    [t("log.who"), operation.principal],
    operation.user_id === null
      ? undefined
      : [
          t("log.about"),
          <Link key="user" to="/members" search={{ user: operation.user_id }}>
            {operation.user_id}
          </Link>,
        ],
    operation.source_amount === null
      ? undefined
      : [
          t("log.amount"),
          <span key="amount" className="number">
            {points(operation.source_amount)} {operation.source_credit_type}
          </span>,
        ],
    operation.partner_operation_id === null
      ? undefined
      : [t("log.partnerId"), <Identifier key="partner" value={operation.partner_operation_id} />],
    operation.business_id === null
      ? undefined
      : [t("log.business"), `${operation.business_code ?? ""} · ${operation.business_id}`],
    operation.failure === null
      ? undefined
      : [
          t("log.failure"),
          <span key="failure" className="why-not">
            {find("codes", operation.failure.code) ?? operation.failure.message}{" "}
            <code>{operation.failure.code}</code>
          </span>,
        ],
    [t("log.created"), <When key="created" at={operation.created_at} />],
    [t("log.updated"), <When key="updated" at={operation.updated_at} />],
  ];
  return facts.filter((fact) => fact !== undefined);
}

function Content({ operation }: { readonly operation: Operation }): ReactNode {
  const { t } = useTexts();
  const facts = useFacts(operation);
  const hasData = Object.keys(operation.data).length > 0;
  return (
    <div className="dialog-body">
      <Facts facts={facts} />
      {operation.type === "cross_system_exchange" ? (
        <Link to="/exchanges/$operationId" params={{ operationId: operation.operation_id }}>
          {t("log.openExchange")}
        </Link>
      ) : null}
      {hasData ? (
        <details className="raw" open>
          <summary>{t("log.data")}</summary>
          <pre tabIndex={0}>{JSON.stringify(operation.data, null, 2)}</pre>
        </details>
      ) : null}
    </div>
  );
}

export function OperationDrawer({
  id,
  onClose,
}: {
  readonly id: string;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts();
  const query = useQuery({ queryKey: ["operation", id], queryFn: () => client.operations.get(id) });
  return (
    <Drawer open title={t("log.operation")} size={560} onClose={onClose}>
      <Loaded query={query} rows={8}>
        {(operation) => <Content operation={operation} />}
      </Loaded>
    </Drawer>
  );
}
