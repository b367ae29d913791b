// Times: local, UTC or how long ago, as the person has chosen; the other two a hover away.
import { Tooltip } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTexts } from "../i18n/index.ts";
import { usePreferences } from "../preferences/index.ts";

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
];

/** Now, told anew every so often, so that what depends on it does not stand still. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}

function formatRelative(atMs: number, nowMs: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  const passedMs = atMs - nowMs;
  const [unit, lengthMs] = units.find(([, length]) => Math.abs(passedMs) >= length) ?? ["second", 1_000];
  return format.format(Math.trunc(passedMs / lengthMs), unit);
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

function formatLocal(at: Date): string {
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

function formatUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")}Z`;
}

function RelativeText({ at }: { readonly at: Date }): ReactNode {
  const { language } = useTexts();
  const nowMs = useNow(10_000);
  return formatRelative(at.getTime(), Math.max(nowMs, Date.now()), language);
}

export function When({ at }: { readonly at: string | null | undefined }): ReactNode {
  const { clock } = usePreferences();
  const { language } = useTexts();
  if (at === null || at === undefined) return <span className="faint">–</span>;
  const date = new Date(at);
  const title = `${formatLocal(date)} · ${at} · ${formatRelative(date.getTime(), Date.now(), language)}`;
  return (
    <Tooltip title={title} mouseEnterDelay={0.4}>
      <time dateTime={at} className="time">
        {clock === "relative" ? (
          <RelativeText at={date} />
        ) : clock === "utc" ? (
          formatUtc(date)
        ) : (
          formatLocal(date)
        )}
      </time>
    </Tooltip>
  );
}
