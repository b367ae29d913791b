// Making an API key: shown once, then never again.
import type { ApiKeyInput } from "@pointbridge/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import { client, useSystemOptions } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { CopyButton, Field, TextField, VerbDialog } from "../parts/index.ts";

type Role = ApiKeyInput["role"];

const dayMs = 86_400_000;
const lifetimesInDays = [30, 90, 365] as const;

function useRoleOptions(): { value: Role; label: string }[] {
  const { t } = useTexts();
  return [
    { value: "viewer", label: t("settings.roleviewer") },
    { value: "operator", label: t("settings.roleoperator") },
    { value: "approver", label: t("settings.roleapprover") },
    { value: "administrator", label: t("settings.roleadministrator") },
    { value: "service", label: t("settings.roleserviceLong") },
    { value: "partner", label: t("settings.rolepartnerLong") },
  ];
}

function ShowOnce({ apiKey, onClose }: { readonly apiKey: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  return (
    <Modal
      open
      title={t("settings.createdTitle")}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t("settings.done")}
        </Button>
      }
    >
      <div className="dialog-body">
        <p>{t("settings.createdText")}</p>
        <p className="secret mono">
          {apiKey} <CopyButton value={apiKey} />
        </p>
      </div>
    </Modal>
  );
}

interface Draft {
  readonly name: string;
  readonly principal: string;
  readonly role: Role;
  readonly systems: string[];
  /** 0: it does not end by itself. */
  readonly days: number;
}

const empty: Draft = { name: "", principal: "", role: "viewer", systems: [], days: 90 };

function isScoped({ role }: Draft): boolean {
  return role === "service" || role === "partner";
}

function isComplete(draft: Draft): boolean {
  const { name, principal, systems } = draft;
  const isPrincipal = /^[A-Za-z0-9][A-Za-z0-9._@:-]{0,127}$/.test(principal.trim());
  return name.trim() !== "" && isPrincipal && (!isScoped(draft) || systems.length > 0);
}

function toInput(draft: Draft): ApiKeyInput {
  const { name, principal, role, systems, days } = draft;
  return {
    name: name.trim(),
    principal: principal.trim(),
    role,
    systems: isScoped(draft) ? systems : undefined,
    expires_at: days === 0 ? undefined : new Date(Date.now() + days * dayMs).toISOString(),
  };
}

interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

function Fields({ draft, onChange }: FieldsProps): ReactNode {
  const { t } = useTexts();
  const systemOptions = useSystemOptions();
  const roleOptions = useRoleOptions();
  const lifetimes = [
    ...lifetimesInDays.map((value) => ({
      value: value as number,
      label: t("settings.days", { count: value }),
    })),
    { value: 0, label: t("settings.never") },
  ];
  return (
    <>
      <div className="fields-2">
        <TextField
          label={t("settings.name")}
          value={draft.name}
          longest={100}
          onChange={(name) => onChange({ name })}
        />
        <TextField
          label={t("settings.principal")}
          value={draft.principal}
          longest={128}
          onChange={(principal) => onChange({ principal })}
        />
      </div>
      <p className="field-hint">{t("settings.principalHint")}</p>
      <Field label={t("settings.role")}>
        {(id) => (
          <Select<Role>
            id={id}
            value={draft.role}
            options={roleOptions}
            onChange={(role) => onChange({ role })}
          />
        )}
      </Field>
      {isScoped(draft) ? (
        <Field label={t("settings.systems")}>
          {(id) => (
            <Select<string[]>
              id={id}
              mode="multiple"
              value={draft.systems}
              options={systemOptions}
              onChange={(systems) => onChange({ systems })}
            />
          )}
        </Field>
      ) : null}
      <Field label={t("settings.expires")}>
        {(id) => (
          <Select<number>
            id={id}
            value={draft.days}
            options={lifetimes}
            onChange={(days) => onChange({ days })}
          />
        )}
      </Field>
    </>
  );
}

export function CreateApiKey({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(empty);
  const [made, setMade] = useState<string | undefined>(undefined);
  const run = async () => {
    const answer = await client.apiKeys.create(toInput(draft));
    setMade(answer.api_key);
    void queries.invalidateQueries({ queryKey: ["api-keys"] });
  };
  if (made !== undefined) return <ShowOnce apiKey={made} onClose={onClose} />;
  return (
    <VerbDialog
      title={t("settings.createTitle")}
      verb={t("settings.create")}
      isBlocked={!isComplete(draft)}
      run={run}
      onDone={() => undefined}
      onCancel={onClose}
    >
      <Fields draft={draft} onChange={(change) => setDraft((before) => ({ ...before, ...change }))} />
    </VerbDialog>
  );
}
