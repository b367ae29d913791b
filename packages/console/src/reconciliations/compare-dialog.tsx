// Asks for a run: between whom, over which time, and what is done about differences.
import { newOperationId, type ReconciliationInput } from "@pointbridge/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Select } from "antd";
import { type ReactNode, useState } from "react";
import { client, useCaller } from "../api/index.ts";
import { PeriodFilter } from "../filters/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Field, VerbDialog } from "../parts/index.ts";

type Repair = NonNullable<ReconciliationInput["repair"]>;

const dayMs = 86_400_000;

function LinkField({
  value,
  onChange,
}: {
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { t } = useTexts();
  const links = useQuery({
    queryKey: ["links"],
    queryFn: () => client.links.list({ limit: 1000 }).toArray(),
  });
  const options = (links.data ?? []).map(({ source_system: source, target_system: target }) => ({
    value: `${source}/${target}`,
    label: `${source} → ${target}`,
  }));
  return (
    <Field label={t("reconciliations.pair")}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: "label" }}
          {...(value === undefined ? {} : { value })}
          options={options}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

export function CompareDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const { may } = useCaller();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  // Made once, so that sending again is the same request.
  const [operationId] = useState(() => newOperationId());
  const [pair, setPair] = useState<string | undefined>(undefined);
  // A proposal changes nothing until another person approves it.
  const [repair, setRepair] = useState<Repair>(may("approve") ? "propose" : "none");
  const [[after, before], setWindow] = useState<readonly [string | undefined, string | undefined]>(() => [
    new Date(Date.now() - dayMs).toISOString(),
    new Date(Date.now() + 60_000).toISOString(),
  ]);
  const repairs: readonly Repair[] = may("approve") ? ["none", "propose", "apply"] : ["none"];
  const [source, target] = pair?.split("/") ?? [];
  const run = async () => {
    if (source === undefined || target === undefined || after === undefined) return;
    const end = before ?? new Date().toISOString();
    const input = { operation_id: operationId, source_system: source, target_system: target, repair };
    await client.reconciliations.create({ ...input, start_time: after, end_time: end }, { waitSeconds: 2 });
  };
  const finish = () => {
    void message.success(t("reconciliations.begun"));
    void queries.invalidateQueries({ queryKey: ["reconciliations"] });
    onClose();
    void navigate({
      to: "/reconciliations/$reconciliationId",
      params: { reconciliationId: operationId },
    });
  };
  return (
    <VerbDialog
      title={t("reconciliations.compareTitle")}
      verb={t("reconciliations.compare")}
      isBlocked={pair === undefined || after === undefined}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <LinkField value={pair} onChange={setPair} />
      <Field label={t("reconciliations.window")}>
        {() => <PeriodFilter after={after} before={before} onChange={(from, to) => setWindow([from, to])} />}
      </Field>
      <Field label={t("reconciliations.repair")}>
        {(id) => (
          <Select<Repair>
            id={id}
            value={repair}
            options={repairs.map((value) => ({ value, label: t(`reconciliations.repair${value}`) }))}
            onChange={setRepair}
          />
        )}
      </Field>
    </VerbDialog>
  );
}
