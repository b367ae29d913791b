// A new limit: which way, whose, what it measures, how much.
import type { LimitInput } from "@pointbridge/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Segmented, Select } from "antd";
import { type ReactNode, useState } from "react";
import { client, useSystemOptions } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Field, TextField, VerbDialog } from "../parts/index.ts";

type Side = LimitInput["side"];
type Subject = NonNullable<LimitInput["subject"]>;
type Measure = LimitInput["measure"];

const sides: readonly Side[] = ["source", "target"];
const subjects: readonly Subject[] = ["member", "everybody"];
const measures: readonly Measure[] = [
  "day_amount",
  "day_count",
  "exchange_amount",
  "balance_left",
  "position",
];
const limitId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const wholeNumber = /^[1-9][0-9]{0,17}$/;

interface Draft {
  readonly id: string;
  readonly side: Side;
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly type: string | undefined;
  readonly subject: Subject;
  readonly measure: Measure;
  readonly bound: string;
}

const empty: Draft = {
  id: "",
  side: "source",
  source: undefined,
  target: undefined,
  type: undefined,
  subject: "member",
  measure: "day_amount",
  bound: "",
};

function toInput({ side, source, target, type, subject, measure, bound }: Draft): LimitInput | undefined {
  const measured = side === "source" ? source : target;
  if (measured === undefined || type === undefined || !wholeNumber.test(bound)) return undefined;
  // Days begin where people here begin theirs.
  const offset = -new Date().getTimezoneOffset();
  return {
    side,
    ...(source === undefined ? {} : { source_system: source }),
    ...(target === undefined ? {} : { target_system: target }),
    credit_type_id: type,
    subject,
    measure,
    bound,
    utc_offset_minutes: offset,
  };
}

interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

function Way({ draft, onChange }: FieldsProps): ReactNode {
  const { t } = useTexts();
  const systems = useSystemOptions();
  const measured = draft.side === "source" ? draft.source : draft.target;
  const types = useQuery({
    queryKey: ["credit-types", measured],
    queryFn: () => client.creditTypes.list(measured ?? "", { limit: 1000 }).toArray(),
    enabled: measured !== undefined,
  });
  const system = (name: "source" | "target", label: string) => (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: "label" }}
          allowClear
          placeholder={t("limits.any")}
          options={systems}
          value={draft[name] ?? null}
          onChange={(value: string | null) => onChange({ [name]: value ?? undefined, type: undefined })}
        />
      )}
    </Field>
  );
  return (
    <>
      <Segmented<Side>
        aria-label={t("limits.side")}
        value={draft.side}
        options={sides.map((value) => ({ value, label: t(`limits.side${value}`) }))}
        onChange={(side) => onChange({ side, type: undefined })}
      />
      <div className="fields-2">
        {system("source", t("network.fromSystem"))}
        {system("target", t("network.toSystem"))}
      </div>
      <Field label={t("network.creditType")}>
        {(id) => (
          <Select
            id={id}
            value={draft.type ?? null}
            options={(types.data ?? []).map(({ credit_type_id: value }) => ({ value, label: value }))}
            onChange={(type: string | null) => onChange({ type: type ?? undefined })}
          />
        )}
      </Field>
    </>
  );
}

function Amount({ draft, onChange }: FieldsProps): ReactNode {
  const { t } = useTexts();
  return (
    <>
      <div className="fields-2">
        <Field label={t("limits.measure")}>
          {(id) => (
            <Select<Measure>
              id={id}
              value={draft.measure}
              options={measures.map((value) => ({
                value,
                label: t(`limits.${value}`),
                disabled: value === "balance_left" && draft.side === "target",
              }))}
              onChange={(measure) => onChange({ measure })}
            />
          )}
        </Field>
        <TextField
          label={t("limits.bound")}
          inputMode="numeric"
          value={draft.bound}
          isWrong={draft.bound !== "" && !wholeNumber.test(draft.bound)}
          onChange={(bound) => onChange({ bound: bound.trim() })}
        />
      </div>
      <Segmented<Subject>
        aria-label={t("limits.subject")}
        value={draft.subject}
        options={subjects.map((value) => ({ value, label: t(`limits.${value}`) }))}
        onChange={(subject) => onChange({ subject })}
      />
    </>
  );
}

export function AddLimit({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const id = draft.id.trim();
  const input = toInput(draft);
  const run = async () => {
    if (input !== undefined) await client.limits.put(id, input);
  };
  const finish = () => {
    void message.success(t("limits.added"));
    void queries.invalidateQueries({ queryKey: ["limits"] });
    onClose();
  };
  return (
    <VerbDialog
      title={t("limits.add")}
      verb={t("limits.add")}
      isBlocked={input === undefined || !limitId.test(id)}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("limits.addIntro")}</p>
      <TextField
        label={t("limits.id")}
        hint={t("network.idHint")}
        value={draft.id}
        onChange={(value) => change({ id: value })}
      />
      <Way draft={draft} onChange={change} />
      <Amount draft={draft} onChange={change} />
    </VerbDialog>
  );
}
