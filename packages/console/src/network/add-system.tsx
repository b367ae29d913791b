// Adding a system: for a partner, its address and its keys, whose fingerprints two people have compared.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Checkbox, Input, Modal, Segmented, Steps } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Failed, Field } from "../parts/index.ts";
import { Fingerprint, type PublicKey, readKeys } from "./fingerprint.tsx";

interface Draft {
  readonly id: string;
  readonly name: string;
  readonly kind: "hosted" | "remote";
  readonly creditType: string;
  readonly address: string;
  readonly keys: string;
  readonly isChecked: boolean;
}

const empty: Draft = {
  id: "",
  name: "",
  kind: "remote",
  creditType: "",
  address: "",
  keys: "",
  isChecked: false,
};
const catalogId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

interface PartProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

function Who({ draft, onChange }: PartProps): ReactNode {
  const { t } = useTexts();
  return (
    <>
      <Segmented<Draft["kind"]>
        value={draft.kind}
        aria-label={t("network.kind")}
        options={[
          { value: "remote", label: t("statuses.remote") },
          { value: "hosted", label: t("statuses.hosted") },
        ]}
        onChange={(kind) => onChange({ kind })}
      />
      <p className="field-hint">{t(draft.kind === "hosted" ? "network.hostedHint" : "network.remoteHint")}</p>
      <div className="fields-2">
        <Field label={t("network.id")} hint={t("network.idHint")}>
          {(id) => (
            <Input
              id={id}
              value={draft.id}
              autoComplete="off"
              onChange={(event) => onChange({ id: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("network.name")}>
          {(id) => (
            <Input
              id={id}
              value={draft.name}
              autoComplete="off"
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t("network.creditType")} hint={t("network.creditTypeHint")}>
        {(id) => (
          <Input
            id={id}
            value={draft.creditType}
            autoComplete="off"
            onChange={(event) => onChange({ creditType: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function Address({ draft, onChange }: PartProps): ReactNode {
  const { t } = useTexts();
  const isBad = draft.keys.trim() !== "" && readKeys(draft.keys) === undefined;
  return (
    <>
      <Field label={t("network.address")} hint={t("network.addressHint")}>
        {(id) => (
          <Input
            id={id}
            inputMode="url"
            placeholder="https://points.example.com"
            value={draft.address}
            autoComplete="off"
            onChange={(event) => onChange({ address: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("network.keys")} hint={isBad ? t("network.badKeys") : t("network.keysHint")}>
        {(id) => (
          <Input.TextArea
            id={id}
            className="mono"
            rows={6}
            spellCheck={false}
            value={draft.keys}
            status={isBad ? "error" : ""}
            onChange={(event) => onChange({ keys: event.target.value, isChecked: false })}
          />
        )}
      </Field>
    </>
  );
}

function Check({ draft, onChange, keys }: PartProps & { readonly keys: readonly PublicKey[] }): ReactNode {
  const { t } = useTexts();
  const own = useQuery({ queryKey: ["keys"], queryFn: () => client.keys.list() });
  return (
    <>
      <p className="warn-note">{t("network.checkHint")}</p>
      <div className="preview">
        {keys.map((key) => (
          <div key={key.x}>
            <Fingerprint publicKey={key} />
          </div>
        ))}
      </div>
      <p className="field-label">{t("network.ours")}</p>
      <div className="preview">
        {(own.data?.keys ?? []).slice(0, 1).map((key) => (
          <Fingerprint key={key.x} publicKey={key} />
        ))}
      </div>
      <Checkbox checked={draft.isChecked} onChange={(event) => onChange({ isChecked: event.target.checked })}>
        {t("network.checked")}
      </Checkbox>
    </>
  );
}

async function addSystem(draft: Draft, keys: readonly PublicKey[]): Promise<void> {
  const { id, name, kind, address, creditType } = draft;
  const partner = kind === "remote" ? { base_url: address.trim(), keys: { keys } } : {};
  await client.systems.put(id.trim(), { name: name.trim(), kind, ...partner });
  await client.creditTypes.put(id.trim(), creditType.trim(), { name: creditType.trim() });
}

export function AddSystem({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(empty);
  const [step, setStep] = useState(0);
  const [error, setError] = useState<unknown>(undefined);
  const isSent = useRef(false);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const keys = readKeys(draft.keys) ?? [];
  const isRemote = draft.kind === "remote";
  const isWho =
    catalogId.test(draft.id.trim()) && draft.name.trim() !== "" && catalogId.test(draft.creditType.trim());
  const isReady =
    [isWho, URL.canParse(draft.address.trim()) && keys.length > 0, draft.isChecked][step] ?? false;
  const isLast = !isRemote || step === 2;
  const finish = async () => {
    if (isSent.current) return;
    isSent.current = true;
    setError(undefined);
    try {
      await addSystem(draft, keys);
      void message.success(t("network.added", { system: draft.id.trim() }));
      void queries.invalidateQueries();
      onClose();
      void navigate({ to: "/systems/$systemId", params: { systemId: draft.id.trim() } });
    } catch (failure) {
      setError(failure);
    } finally {
      isSent.current = false;
    }
  };
  const footer = (
    <>
      {step > 0 ? <Button onClick={() => setStep(step - 1)}>{t("network.back")}</Button> : null}
      <Button type="primary" disabled={!isReady} onClick={() => (isLast ? void finish() : setStep(step + 1))}>
        {isLast ? t("network.add") : t("network.next")}
      </Button>
    </>
  );
  return (
    <Modal
      open
      title={t("network.addTitle")}
      footer={footer}
      onCancel={onClose}
      width={640}
      mask={{ closable: false }}
    >
      <div className="dialog-body">
        {isRemote ? (
          <Steps
            size="small"
            current={step}
            items={[
              { title: t("network.stepWho") },
              { title: t("network.stepKeys") },
              { title: t("network.stepCheck") },
            ]}
          />
        ) : null}
        {step === 0 ? <Who draft={draft} onChange={change} /> : null}
        {step === 1 ? <Address draft={draft} onChange={change} /> : null}
        {step === 2 ? <Check draft={draft} onChange={change} keys={keys} /> : null}
        {error === undefined ? null : <Failed error={error} />}
      </div>
    </Modal>
  );
}
