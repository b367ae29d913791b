// Says whether a log only grew since an earlier checkpoint.
import type { ReactNode } from "react";
import { type TextKey, useTexts } from "../i18n/index.ts";
import { Mark, useFormats } from "../parts/index.ts";
import { type Growth, isWell } from "./checks.ts";

const texts: Readonly<Record<Growth, TextKey>> = {
  continued: "audit.grew",
  same: "audit.unchanged",
  changed: "audit.rewritten",
  other_log: "audit.otherLog",
  shorter: "audit.shorter",
};

export function GrowthMark({ growth, size }: { readonly growth: Growth; readonly size: number }): ReactNode {
  const { t } = useTexts();
  const { count } = useFormats();
  const tone = isWell(growth) ? "good" : "bad";
  return <Mark tone={tone}>{t(texts[growth], { size: count(size) })}</Mark>;
}
