// Adding a link, opening and closing one, and how far its rates may go without a second person.
import type { Link, LinkInput } from "@pointbridge/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { App, Checkbox, Input, Segmented, Select } from "antd";
import { type ReactNode, useId, useState } from "react";
import { client, useSystemOptions, useSystems } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Field, StatusMark, VerbDialog } from "../parts/index.ts";

export function nameOf(link: Pick<Link, "source_system" | "target_system">): string {
  return `${link.source_system} → ${link.target_system}`;
}

/** The call replaces the whole, so what shall stay is given again; the guard stays where it is left out. */
function toInput(link: Link, change: Partial<LinkInput>): LinkInput {
  const { source_system, target_system, user_mapping, auto_provision, enabled, allow_gaining_cycles } = link;
  return {
    source_system,
    target_system,
    user_mapping,
    auto_provision,
    enabled,
    allow_gaining_cycles,
    ...change,
  };
}

async function readLink({ source_system, target_system }: Link): Promise<Link> {
  const [link] = await client.links.list({ source_system, target_system }).toArray();
  if (link === undefined) throw new Error(`${source_system} → ${target_system}`);
  return link;
}

interface DialogProps {
  readonly link: Link;
  readonly onClose: () => void;
}

export function SwitchLink({ link, onClose }: DialogProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const isOpen = link.enabled;
  const name = nameOf(link);
  const run = async () => client.links.put(toInput(await readLink(link), { enabled: !isOpen }));
  const finish = () => {
    void message.success(t(isOpen ? "network.linkClosed" : "network.linkOpened"));
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <VerbDialog
      title={t(isOpen ? "network.closeTitle" : "network.openTitle", { link: name })}
      verb={t(isOpen ? "network.closeLink" : "network.openLink")}
      isDanger={isOpen}
      phrase={link.target_system}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t(isOpen ? "network.closeIntro" : "network.openIntro")}</p>
      <p className="preview">
        <b>{name}</b> · <StatusMark status={isOpen ? "enabled" : "disabled"} /> →{" "}
        <StatusMark status={isOpen ? "disabled" : "enabled"} />
      </p>
    </VerbDialog>
  );
}

export function ChangeLimit({ link, onClose }: DialogProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const fieldId = useId();
  const [percent, setPercent] = useState(link.rate_change_limit_percent);
  const isPercent = /^(0|[1-9][0-9]{0,5})(\.[0-9]{1,6})?$/.test(percent);
  const run = async () => {
    const change = { rate_change_limit_percent: percent };
    const result = await client.links.put(toInput(await readLink(link), change));
    const isWaiting = result.waiting_operation_id !== undefined;
    void message.success(t(isWaiting ? "network.limitWaits" : "network.limitDone"));
  };
  const finish = () => {
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <VerbDialog
      title={t("network.limitTitle", { link: nameOf(link) })}
      verb={t("parts.save")}
      isBlocked={!isPercent || percent === link.rate_change_limit_percent}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("network.limitHint")}</p>
      <div className="field">
        <label htmlFor={fieldId}>{t("network.limitPercent")}</label>
        <Input
          id={fieldId}
          inputMode="decimal"
          suffix="%"
          value={percent}
          status={isPercent ? "" : "error"}
          onChange={(event) => setPercent(event.target.value.trim())}
        />
      </div>
    </VerbDialog>
  );
}

interface SystemFieldProps {
  readonly label: string;
  /** The link's other end, which it can't be. */
  readonly other?: string | undefined;
  readonly value: string | undefined;
  readonly onChange: (systemId: string) => void;
}

function SystemField({ label, other, value, onChange }: SystemFieldProps): ReactNode {
  const systems = useSystemOptions();
  return (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          showSearch
          options={systems.filter((system) => system.value !== other)}
          value={value ?? null}
          onChange={(chosen: string | null) => (chosen === null ? undefined : onChange(chosen))}
        />
      )}
    </Field>
  );
}

interface AddLinkProps {
  /** Where points shall go to, where that is known already. */
  readonly target?: string;
  readonly onClose: () => void;
}

export function AddLink({ target: given, onClose }: AddLinkProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const hosted =
    useSystems().data?.filter(({ kind, system_id: id }) => kind === "hosted" && id !== given) ?? [];
  const [chosenSource, setSource] = useState<string | undefined>(undefined);
  const [target, setTarget] = useState(given);
  // Where there is one system to come from, it is that one.
  const only = given !== undefined && hosted.length === 1 ? hosted[0]?.system_id : undefined;
  const source = chosenSource ?? only;
  const [mapping, setMapping] = useState<Link["user_mapping"]>("mapped");
  const [isProvisioning, setIsProvisioning] = useState(false);
  const run = async () => {
    if (source === undefined || target === undefined) return;
    await client.links.put({
      source_system: source,
      target_system: target,
      user_mapping: mapping,
      auto_provision: isProvisioning,
    });
  };
  const finish = () => {
    void message.success(t("network.linkAdded"));
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <VerbDialog
      title={t("network.addLink")}
      verb={t("network.addLink")}
      isBlocked={source === undefined || target === undefined || source === target}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <div className="fields-2">
        <SystemField label={t("network.fromSystem")} value={source} onChange={setSource} />
        <SystemField label={t("network.toSystem")} other={source} value={target} onChange={setTarget} />
      </div>
      <Segmented<Link["user_mapping"]>
        aria-label={t("network.members")}
        value={mapping}
        options={[
          { value: "mapped", label: t("network.mapped") },
          { value: "same_id", label: t("network.same_id") },
        ]}
        onChange={setMapping}
      />
      <Checkbox checked={isProvisioning} onChange={(event) => setIsProvisioning(event.target.checked)}>
        {t("network.provision")}
      </Checkbox>
    </VerbDialog>
  );
}
