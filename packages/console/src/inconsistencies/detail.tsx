// One thing that a person has to look at: what was found, who works on it, what was done, how it was settled.
import type { Inconsistency } from "@pointbridge/sdk";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Drawer } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay, useCaller } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import {
  type Fact,
  Facts,
  Loaded,
  StatusMark,
  TextField,
  useFailureText,
  VerbDialog,
  When,
} from "../parts/index.ts";

interface ResolveProps {
  readonly inconsistency: Inconsistency;
  readonly onClose: () => void;
}

function Resolve({ inconsistency, onClose }: ResolveProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [resolution, setResolution] = useState("");
  const finish = () => {
    void message.success(t("inconsistencies.done"));
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <VerbDialog
      title={t("inconsistencies.resolveTitle")}
      verb={t("inconsistencies.resolve")}
      isBlocked={resolution.trim() === ""}
      reasonLabel={t("inconsistencies.note")}
      run={(note) =>
        client.inconsistencies.resolve(inconsistency.id, { resolution: resolution.trim(), note })
      }
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("inconsistencies.resolveIntro")}</p>
      <TextField
        label={t("inconsistencies.resolution")}
        hint={t("inconsistencies.resolutionHint")}
        longest={200}
        value={resolution}
        onChange={setResolution}
      />
    </VerbDialog>
  );
}

function useFacts(one: Inconsistency): Fact[] {
  const { t, find } = useTexts();
  const facts: Fact[] = [
    [t("inconsistencies.type"), find("inconsistencies", `kind${one.type}`) ?? one.type],
    [t("inconsistencies.severity"), <StatusMark key="severity" status={one.severity} />],
    [t("inconsistencies.status"), <StatusMark key="status" status={one.status} />],
    [t("inconsistencies.assigned"), one.assigned_to ?? t("inconsistencies.nobody")],
    [t("inconsistencies.opened"), <When key="opened" at={one.opened_at} />],
  ];
  if (one.operation_id !== null) {
    facts.push([
      t("inconsistencies.exchange"),
      <Link key="exchange" to="/log" search={{ operation: one.operation_id }} className="mono">
        {one.operation_id}
      </Link>,
    ]);
  }
  if (one.resolved_at !== null) {
    facts.push(
      [t("inconsistencies.resolution"), one.resolution ?? "–"],
      [t("inconsistencies.note"), one.note ?? "–"],
      [t("inconsistencies.resolvedBy"), one.resolved_by ?? "–"],
      [t("inconsistencies.resolved"), <When key="resolved" at={one.resolved_at} />],
    );
  }
  return facts;
}

function History({ id }: { readonly id: string }): ReactNode {
  const { t } = useTexts();
  const query = useQuery({
    queryKey: ["inconsistency", id, "history"],
    queryFn: () => client.inconsistencies.history(id, { limit: 200 }).page(),
  });
  return (
    <>
      <p className="field-label">{t("inconsistencies.history")}</p>
      <Loaded query={query} rows={2}>
        {({ items }) => (
          <ol className="plain-list">
            {items.map((entry) => (
              <li key={entry.entry_number}>
                <When at={entry.at} /> · <b>{entry.principal}</b> ·{" "}
                {t(`inconsistencies.action${entry.action}`)}
                {entry.assigned_to === null ? null : ` → ${entry.assigned_to}`}
                {entry.note === null ? null : <span className="faint"> · {entry.note}</span>}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </>
  );
}

function Assign({ inconsistency }: { readonly inconsistency: Inconsistency }): ReactNode {
  const { t } = useTexts();
  const { session } = useCaller();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const tell = useFailureText();
  const isOwn = inconsistency.assigned_to === session.principal;
  const assign = useMutation({
    mutationFn: () =>
      isOwn
        ? client.inconsistencies.unassign(inconsistency.id)
        : client.inconsistencies.assign(inconsistency.id),
    onSuccess: () => void queries.invalidateQueries(),
    onError: (error) => void message.error(tell(error)),
  });
  return (
    <Button loading={assign.isPending} onClick={() => assign.mutate()}>
      {t(isOwn ? "inconsistencies.letGo" : "inconsistencies.takeOn")}
    </Button>
  );
}

function Content({ inconsistency }: { readonly inconsistency: Inconsistency }): ReactNode {
  const { t } = useTexts();
  const [isResolving, setIsResolving] = useState(false);
  const facts = useFacts(inconsistency);
  return (
    <div className="dialog-body">
      {inconsistency.status === "open" ? (
        <IfMay ability="operate">
          <div className="change-actions">
            <Assign inconsistency={inconsistency} />
            <Button type="primary" onClick={() => setIsResolving(true)}>
              {t("inconsistencies.resolve")}
            </Button>
          </div>
        </IfMay>
      ) : null}
      <Facts facts={facts} />
      <details className="raw" open>
        <summary>{t("inconsistencies.data")}</summary>
        <pre tabIndex={0}>{JSON.stringify(inconsistency.data, null, 2)}</pre>
      </details>
      <History id={inconsistency.id} />
      {isResolving ? <Resolve inconsistency={inconsistency} onClose={() => setIsResolving(false)} /> : null}
    </div>
  );
}

export function InconsistencyDrawer({
  id,
  onClose,
}: {
  readonly id: string;
  readonly onClose: () => void;
}): ReactNode {
  const query = useQuery({ queryKey: ["inconsistency", id], queryFn: () => client.inconsistencies.get(id) });
  return (
    <Drawer open title={<span className="mono">{id}</span>} size={560} onClose={onClose}>
      <Loaded query={query} rows={8}>
        {(inconsistency) => <Content inconsistency={inconsistency} />}
      </Loaded>
    </Drawer>
  );
}
