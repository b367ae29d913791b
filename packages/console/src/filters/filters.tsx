// Filters that several lists have: a text that is entered, a period of time.
import { DatePicker, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { type ReactNode, useEffect, useState } from "react";
import { useTexts } from "../i18n/index.ts";

/** Text that is looked for once it is entered, not at every letter. */
export function TextFilter({
  label,
  value,
  onEnter,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onEnter: (value: string | undefined) => void;
}): ReactNode {
  const [text, setText] = useState(value ?? "");
  useEffect(() => setText(value ?? ""), [value]);
  const enter = () => onEnter(text.trim() === "" ? undefined : text.trim());
  return (
    <Input
      className="filter-text"
      aria-label={label}
      placeholder={label}
      allowClear
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === "") onEnter(undefined);
      }}
      onPressEnter={enter}
      onBlur={enter}
    />
  );
}

export function PeriodFilter({
  after,
  before,
  onChange,
}: {
  readonly after: string | undefined;
  readonly before: string | undefined;
  readonly onChange: (after: string | undefined, before: string | undefined) => void;
}): ReactNode {
  const { t } = useTexts();
  const now = dayjs();
  const presets = [
    { label: t("exchanges.lastHour"), value: [now.subtract(1, "hour"), null] },
    { label: t("exchanges.today"), value: [now.startOf("day"), null] },
    { label: t("exchanges.lastWeek"), value: [now.subtract(7, "day"), null] },
    { label: t("exchanges.thisMonth"), value: [now.startOf("month"), null] },
    {
      label: t("exchanges.lastMonth"),
      value: [now.subtract(1, "month").startOf("month"), now.startOf("month")],
    },
  ] satisfies { label: string; value: [Dayjs | null, Dayjs | null] }[];
  return (
    <DatePicker.RangePicker
      className="filter-period"
      showTime={{ format: "HH:mm" }}
      format="YYYY-MM-DD HH:mm"
      allowEmpty={[true, true]}
      placeholder={[t("exchanges.from"), t("exchanges.to")]}
      aria-label={t("exchanges.period")}
      presets={presets}
      value={[after === undefined ? null : dayjs(after), before === undefined ? null : dayjs(before)]}
      onChange={(range) => onChange(range?.[0]?.toISOString(), range?.[1]?.toISOString())}
    />
  );
}
