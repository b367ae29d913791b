// Who may call this node, and as what.
import { PlusOutlined } from "@ant-design/icons";
import type { ApiKey } from "@pointbridge/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay, useCaller } from "../api/index.ts";
import { type TextKey, useTexts } from "../i18n/index.ts";
import { CursorTable, Mark, Nothing, Page, Panel, type Tone, VerbDialog, When } from "../parts/index.ts";
import { CreateApiKey } from "./create-api-key.tsx";

function standingOf(key: ApiKey): readonly [Tone, TextKey] {
  if (key.revoked_at !== null) return ["plain", "statuses.revoked"];
  const isOver = key.expires_at !== null && Date.parse(key.expires_at) <= Date.now();
  return isOver ? ["plain", "settings.expired"] : ["good", "settings.inForce"];
}

function useColumns(onRevoke: (key: ApiKey) => void): TableColumnsType<ApiKey> {
  const { t, find } = useTexts();
  const { may } = useCaller();
  const roleOf = (role: string) =>
    role === "service" || role === "partner" ? find("settings", `role${role}`) : find("shell", `role${role}`);
  const columns: TableColumnsType<ApiKey> = [
    { title: t("settings.name"), render: (_, row) => <b>{row.name}</b> },
    { title: t("settings.principal"), render: (_, row) => row.principal },
    { title: t("settings.role"), render: (_, row) => roleOf(row.role) ?? row.role },
    { title: t("settings.systems"), render: (_, row) => row.systems?.join(", ") ?? "" },
    {
      title: t("settings.status"),
      render: (_, row) => {
        const [tone, text] = standingOf(row);
        return <Mark tone={tone}>{t(text)}</Mark>;
      },
    },
    {
      title: t("settings.expires"),
      render: (_, row) => (row.expires_at === null ? t("settings.never") : <When at={row.expires_at} />),
    },
    { title: t("settings.by"), render: (_, row) => row.created_by },
    { title: t("settings.created"), align: "right", render: (_, row) => <When at={row.created_at} /> },
  ];
  if (!may("administer")) return columns;
  return [
    ...columns,
    {
      title: <span className="unseen">{t("parts.actions")}</span>,
      align: "right",
      render: (_, row) =>
        row.revoked_at === null ? (
          <Button size="small" danger onClick={() => onRevoke(row)}>
            {t("settings.revoke")}
          </Button>
        ) : null,
    },
  ];
}

function Revoke({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const finish = () => {
    void message.success(t("settings.revoked"));
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <VerbDialog
      title={t("settings.revokeTitle", { name: apiKey.name })}
      verb={t("settings.revoke")}
      isDanger
      phrase={apiKey.name}
      run={() => client.apiKeys.revoke(apiKey.api_key_id)}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("settings.revokeIntro")}</p>
      <p className="preview">
        <b>{apiKey.name}</b> · {apiKey.principal}
      </p>
    </VerbDialog>
  );
}

export function ApiKeys(): ReactNode {
  const { t } = useTexts();
  const { cursor } = useSearch({ from: "/api-keys" });
  const navigate = useNavigate();
  const [isCreating, setIsCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | undefined>(undefined);
  const columns = useColumns(setRevoking);
  return (
    <Page
      title={t("settings.apiTitle")}
      intro={t("settings.apiIntro")}
      actions={
        <IfMay ability="administer">
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden="true" />}
            onClick={() => setIsCreating(true)}
          >
            {t("settings.create")}
          </Button>
        </IfMay>
      }
    >
      <Panel isFlush>
        <CursorTable<ApiKey>
          label={t("settings.apiTitle")}
          queryKey={["api-keys"]}
          read={(at) => client.apiKeys.list({ cursor: at, limit: 50 }).page()}
          columns={columns}
          rowKey={(row) => row.api_key_id}
          cursor={cursor}
          onCursor={(at) =>
            void navigate({ to: "/api-keys", search: at === undefined ? {} : { cursor: at } })
          }
          empty={<Nothing title={t("settings.noKeys")} />}
        />
      </Panel>
      {isCreating ? <CreateApiKey onClose={() => setIsCreating(false)} /> : null}
      {revoking === undefined ? null : <Revoke apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </Page>
  );
}
