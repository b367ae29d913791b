// What is done about a webhook: made, tried, its keys rotated, removed; and its secret shown once.
import type { Webhook } from "@pointbridge/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { CopyButton, formatDuration, TextField, useFailureText, VerbDialog } from "../parts/index.ts";

export function SecretOnce({
  secret,
  onClose,
}: {
  readonly secret: string;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts();
  return (
    <Modal
      open
      title={t("webhooks.secretTitle")}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t("settings.done")}
        </Button>
      }
    >
      <div className="dialog-body">
        <p>{t("webhooks.secretText")}</p>
        <p className="secret mono">
          {secret} <CopyButton value={secret} />
        </p>
      </div>
    </Modal>
  );
}

export function AddWebhook({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [id, setId] = useState("");
  const [url, setUrl] = useState("");
  const [secret, setSecret] = useState<string | undefined>(undefined);
  const isReady = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id.trim()) && URL.canParse(url.trim());
  const run = async () => {
    const made = await client.webhooks.put(id.trim(), { url: url.trim() });
    void queries.invalidateQueries({ queryKey: ["webhooks"] });
    if ("secret" in made) setSecret(made.secret);
    else onClose();
  };
  if (secret !== undefined) return <SecretOnce secret={secret} onClose={onClose} />;
  return (
    <VerbDialog
      title={t("webhooks.add")}
      verb={t("webhooks.add")}
      isBlocked={!isReady}
      run={run}
      onDone={() => undefined}
      onCancel={onClose}
    >
      <TextField label={t("webhooks.id")} value={id} longest={64} onChange={setId} />
      <TextField
        label={t("webhooks.url")}
        hint={t("webhooks.urlHint")}
        inputMode="url"
        longest={2_048}
        value={url}
        onChange={setUrl}
      />
    </VerbDialog>
  );
}

export function TestWebhook({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const tell = useFailureText();
  const test = useMutation({
    mutationFn: () => client.webhooks.test(webhook.webhook_id),
    onSuccess: ({ delivered, status, error, duration_ms: durationMs }) => {
      const values = { status: status ?? "–", duration: formatDuration(durationMs) };
      if (delivered) void message.success(t("webhooks.tested", values));
      else void message.error(t("webhooks.testFailed", { error: error ?? String(status ?? "") }), 10);
    },
    onError: (error) => void message.error(tell(error)),
  });
  return (
    <Button size="small" loading={test.isPending} onClick={() => test.mutate()}>
      {t("webhooks.test")}
    </Button>
  );
}

interface DialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

export function RotateWebhook({ webhook, onClose }: DialogProps): ReactNode {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [secret, setSecret] = useState<string | undefined>(undefined);
  const run = async () => {
    setSecret((await client.webhooks.rotate(webhook.webhook_id)).secret);
    void queries.invalidateQueries({ queryKey: ["webhooks"] });
  };
  if (secret !== undefined) return <SecretOnce secret={secret} onClose={onClose} />;
  return (
    <VerbDialog
      title={`${t("webhooks.rotate")} · ${webhook.webhook_id}`}
      verb={t("webhooks.rotate")}
      phrase={webhook.webhook_id}
      run={run}
      onDone={() => undefined}
      onCancel={onClose}
    >
      <p>{t("webhooks.rotateIntro")}</p>
    </VerbDialog>
  );
}

export function RemoveWebhook({ webhook, onClose }: DialogProps): ReactNode {
  const { t } = useTexts();
  const queries = useQueryClient();
  const finish = () => {
    void queries.invalidateQueries({ queryKey: ["webhooks"] });
    onClose();
  };
  return (
    <VerbDialog
      title={`${t("webhooks.remove")} · ${webhook.webhook_id}`}
      verb={t("webhooks.remove")}
      isDanger
      phrase={webhook.webhook_id}
      run={() => client.webhooks.delete(webhook.webhook_id)}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("webhooks.removeIntro")}</p>
      <p className="preview mono">{webhook.url}</p>
    </VerbDialog>
  );
}

export function ReplayDead({ webhook, onClose }: DialogProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const finish = () => {
    void message.success(t("webhooks.replayed"));
    void queries.invalidateQueries({ queryKey: ["webhooks"] });
    onClose();
  };
  return (
    <VerbDialog
      title={t("webhooks.replayAll")}
      verb={t("webhooks.replay")}
      run={() => client.webhooks.replay(webhook.webhook_id, { dead_letters: true })}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("webhooks.replayIntro", { count: webhook.dead_count })}</p>
      <p className="preview mono">{webhook.url}</p>
    </VerbDialog>
  );
}
