// How things stand, in a word and a colour; never by colour alone.
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";

export type Tone = "good" | "warn" | "bad" | "calm" | "plain";

export function Mark({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): ReactNode {
  return (
    <span className={`mark mark-${tone}`}>
      <span className="mark-dot" aria-hidden="true" />
      {children}
    </span>
  );
}

const tones: Readonly<Record<string, Tone>> = {
  completed: "good",
  captured: "good",
  resolved: "good",
  active: "good",
  enabled: "good",
  failed: "bad",
  needs_attention: "warn",
  open: "warn",
  pending_approval: "warn",
  retrying: "warn",
  suspended: "bad",
  disabled: "plain",
  critical: "bad",
  warning: "warn",
  info: "calm",
  dead: "bad",
  running: "calm",
  processing: "calm",
  in_progress: "calm",
  pending: "calm",
  held: "calm",
  started: "calm",
};

export function toneOf(status: string): Tone {
  return tones[status] ?? "plain";
}

/** A status as the node tells it, in the chosen language. */
export function StatusMark({ status }: { readonly status: string }): ReactNode {
  const { find } = useTexts();
  return <Mark tone={toneOf(status)}>{find("statuses", status) ?? status}</Mark>;
}
