// How numbers, rates and durations read in the chosen language.
import { useMemo } from "react";
import { useTexts } from "../i18n/index.ts";

/** A rate is a decimal string: digits are grouped, none is lost. */
function groupDecimal(text: string, whole: Intl.NumberFormat): string {
  const [integer = "0", fraction] = text.split(".");
  return fraction === undefined
    ? whole.format(BigInt(integer))
    : `${whole.format(BigInt(integer))}.${fraction}`;
}

export function formatDuration(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.max(0, Math.round(durationMs))} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1_000).toFixed(durationMs < 10_000 ? 2 : 1)} s`;
  const minutes = Math.floor(durationMs / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((durationMs % 60_000) / 1_000)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export interface Formats {
  readonly points: (amount: bigint | null | undefined) => string;
  readonly rate: (rate: string | null | undefined) => string;
  readonly count: (count: number) => string;
}

export function useFormats(): Formats {
  const { language } = useTexts();
  return useMemo(() => {
    const whole = new Intl.NumberFormat(language);
    return {
      points: (amount) => (amount === null || amount === undefined ? "–" : whole.format(amount)),
      rate: (rate) => (rate === null || rate === undefined ? "–" : groupDecimal(rate, whole)),
      count: (count) => whole.format(count),
    };
  }, [language]);
}
