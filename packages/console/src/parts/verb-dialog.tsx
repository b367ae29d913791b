// Before something is done that can't be taken back: what it will do, a word typed to confirm, a reason where one is
// kept. Sent once however often it is pressed; where the answer is lost, the same request is sent again.
import { Input, Modal } from "antd";
import { type ReactNode, useId, useRef, useState } from "react";
import { useTexts } from "../i18n/index.ts";
import { Failed } from "./states.tsx";

export interface VerbDialogProps {
  readonly title: string;
  readonly verb: string;
  readonly isDanger?: boolean;
  /** What has to be typed; nothing where the verb harms nobody. */
  readonly phrase?: string;
  /** Where the node keeps a reason. */
  readonly reasonLabel?: string;
  readonly isBlocked?: boolean;
  readonly run: (reason: string) => Promise<unknown>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
  /** The preview. */
  readonly children: ReactNode;
}

interface Sending {
  readonly isRunning: boolean;
  readonly error: unknown;
  readonly send: (reason: string) => Promise<void>;
}

function useSending({ run, onDone }: Pick<VerbDialogProps, "run" | "onDone">): Sending {
  const [error, setError] = useState<unknown>(undefined);
  const [isRunning, setIsRunning] = useState(false);
  // State is set a moment after a second press could come.
  const isSent = useRef(false);
  const send = async (reason: string) => {
    if (isSent.current) return;
    isSent.current = true;
    setIsRunning(true);
    setError(undefined);
    try {
      await run(reason);
      onDone();
    } catch (failure) {
      setError(failure);
      isSent.current = false;
    } finally {
      setIsRunning(false);
    }
  };
  return { isRunning, error, send };
}

function Reason({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={1000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

export function VerbDialog(props: VerbDialogProps): ReactNode {
  const { t } = useTexts();
  const { phrase, reasonLabel } = props;
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const { isRunning, error, send } = useSending(props);
  const phraseId = useId();
  const isReady =
    props.isBlocked !== true &&
    (phrase === undefined || typed.trim() === phrase) &&
    (reasonLabel === undefined || reason.trim() !== "");
  const submit = () => {
    if (isReady) void send(reason.trim());
  };
  return (
    <Modal
      open
      title={props.title}
      okText={props.verb}
      cancelText={t("parts.cancel")}
      okButtonProps={{ danger: props.isDanger === true, disabled: !isReady, loading: isRunning }}
      onOk={submit}
      onCancel={props.onCancel}
      mask={{ closable: false }}
      destroyOnHidden
      width={560}
    >
      <div className="dialog-body">
        {props.children}
        {reasonLabel === undefined ? null : (
          <Reason label={reasonLabel} value={reason} onChange={setReason} />
        )}
        {phrase === undefined ? null : (
          <div className="field">
            <label htmlFor={phraseId}>
              {t("parts.typeToConfirm")} <code className="phrase">{phrase}</code>
            </label>
            <Input
              id={phraseId}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
              onPressEnter={submit}
            />
          </div>
        )}
        {error === undefined ? null : <Failed error={error} />}
      </div>
    </Modal>
  );
}
