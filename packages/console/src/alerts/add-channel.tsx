// Adding a place where alerts are told.
import type { AlertChannelInput } from "@pointbridge/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { App, Input, Select } from "antd";
import { type ReactNode, useState } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Field, TextField, VerbDialog } from "../parts/index.ts";

type Kind = AlertChannelInput["kind"];
type Severity = NonNullable<AlertChannelInput["min_severity"]>;

const kinds: readonly Kind[] = ["log", "webhook", "dingtalk", "wecom", "feishu", "slack", "smtp"];
const severities: readonly Severity[] = ["info", "warning", "critical"];
const signedKinds: readonly Kind[] = ["webhook", "dingtalk", "feishu"];

interface Draft {
  readonly id: string;
  readonly kind: Kind;
  readonly severity: Severity;
  readonly url: string;
  readonly secret: string;
  readonly host: string;
  readonly from: string;
  readonly to: string;
}

const empty: Draft = {
  id: "",
  kind: "webhook",
  severity: "warning",
  url: "",
  secret: "",
  host: "",
  from: "",
  to: "",
};

function hasAddress(kind: Kind): boolean {
  return kind !== "log" && kind !== "smtp";
}

function isComplete(draft: Draft): boolean {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(draft.id.trim())) return false;
  if (hasAddress(draft.kind)) return URL.canParse(draft.url.trim());
  return draft.kind === "log" || (draft.host !== "" && draft.from !== "" && draft.to.trim() !== "");
}

function toInput(draft: Draft, language: "en" | "zh"): AlertChannelInput {
  const { kind, severity, url, secret, host, from, to } = draft;
  const base = { kind, min_severity: severity, language };
  if (hasAddress(kind)) {
    const own = signedKinds.includes(kind) && secret !== "" ? secret : undefined;
    return { ...base, url: url.trim(), secret: own };
  }
  if (kind !== "smtp") return base;
  const recipients = to.split(/\s+/).filter((one) => one !== "");
  return { ...base, host: host.trim(), from: from.trim(), to: recipients };
}

interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

function Place({ draft, onChange }: FieldsProps): ReactNode {
  const { t } = useTexts();
  if (draft.kind === "log") return null;
  if (draft.kind === "smtp") {
    return (
      <>
        <div className="fields-2">
          <TextField label={t("alerts.host")} value={draft.host} onChange={(host) => onChange({ host })} />
          <TextField
            label={t("alerts.mailFrom")}
            value={draft.from}
            onChange={(from) => onChange({ from })}
          />
        </div>
        <Field label={t("alerts.mailTo")}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={3}
              value={draft.to}
              onChange={(event) => onChange({ to: event.target.value })}
            />
          )}
        </Field>
      </>
    );
  }
  return (
    <>
      <TextField
        label={t("alerts.url")}
        hint={t("alerts.urlHint")}
        inputMode="url"
        longest={2_048}
        value={draft.url}
        onChange={(url) => onChange({ url })}
      />
      {signedKinds.includes(draft.kind) ? (
        <TextField
          label={t("alerts.secret")}
          value={draft.secret}
          onChange={(secret) => onChange({ secret })}
        />
      ) : null}
    </>
  );
}

export function AddChannel({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t, language } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const run = () =>
    client.alertChannels.put(draft.id.trim(), toInput(draft, language === "en" ? "en" : "zh"));
  const finish = () => {
    void message.success(t("alerts.added"));
    void queries.invalidateQueries({ queryKey: ["alert-channels"] });
    onClose();
  };
  return (
    <VerbDialog
      title={t("alerts.add")}
      verb={t("alerts.add")}
      isBlocked={!isComplete(draft)}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <div className="fields-2">
        <TextField label={t("alerts.id")} value={draft.id} longest={64} onChange={(id) => change({ id })} />
        <Field label={t("alerts.kind")}>
          {(id) => (
            <Select<Kind>
              id={id}
              value={draft.kind}
              options={kinds.map((value) => ({ value, label: t(`alerts.kind${value}`) }))}
              onChange={(kind) => change({ kind })}
            />
          )}
        </Field>
      </div>
      <Place draft={draft} onChange={change} />
      <Field label={t("alerts.from")}>
        {(id) => (
          <Select<Severity>
            id={id}
            value={draft.severity}
            options={severities.map((value) => ({ value, label: t(`statuses.${value}`) }))}
            onChange={(severity) => change({ severity })}
          />
        )}
      </Field>
    </VerbDialog>
  );
}
