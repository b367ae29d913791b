// An old rate beside a new one, and how far it goes.
import type { ReactNode } from "react";
import { useFormats } from "../parts/index.ts";
import { changeOf, parseRate, toText } from "./decimal.ts";

export function Percentage({ value }: { readonly value: string }): ReactNode {
  const isDown = value.startsWith("-");
  return (
    <span className={isDown ? "diff-down" : "diff-up"}>
      {isDown ? "▼" : "▲"} {isDown ? value.slice(1) : value} %
    </span>
  );
}

interface DifferenceProps {
  readonly before: string | null;
  readonly after: string;
  /** As the node says it; else against `before`. */
  readonly percentage?: string | null;
}

export function Difference({ before, after, percentage }: DifferenceProps): ReactNode {
  const { rate } = useFormats();
  const old = before === null ? undefined : parseRate(before);
  const wanted = parseRate(after);
  const own = old === undefined || wanted === undefined ? undefined : toText(changeOf(old, wanted), 2);
  const shown = percentage ?? own;
  return (
    <span className="change-diff">
      {before === null ? null : <span className="diff-old">{rate(before)}</span>}
      <span aria-hidden="true">→</span>
      <span className="diff-new">{rate(after)}</span>
      {shown === undefined ? null : <Percentage value={shown} />}
    </span>
  );
}
