// When a rate that is being set shall come into force, and whether a partner's node has to agree to it.
import { Checkbox, DatePicker } from "antd";
import dayjs from "dayjs";
import type { ReactNode } from "react";
import { useSystems } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Field } from "../parts/index.ts";
import type { Pair } from "./pairs.ts";

export interface InForce {
  readonly at: string | undefined;
  readonly isAgreed: boolean;
}

interface WhenInForceProps {
  readonly pair: Pair | undefined;
  readonly value: InForce;
  readonly onChange: (value: InForce) => void;
}

export function WhenInForce({ pair, value, onChange }: WhenInForceProps): ReactNode {
  const { t } = useTexts();
  const { data: systems = [] } = useSystems();
  const hasPartner = systems.some(
    ({ system_id: id, kind }) =>
      kind === "remote" && (id === pair?.source_system || id === pair?.target_system),
  );
  return (
    <>
      <Field label={t("rates.effectiveAt")}>
        {(id) => (
          <DatePicker
            id={id}
            showTime={{ format: "HH:mm" }}
            format="YYYY-MM-DD HH:mm"
            minDate={dayjs()}
            value={value.at === undefined ? null : dayjs(value.at)}
            onChange={(at) => onChange({ ...value, at: at?.toISOString() })}
          />
        )}
      </Field>
      {hasPartner ? (
        <Checkbox
          checked={value.isAgreed}
          onChange={(event) => onChange({ ...value, isAgreed: event.target.checked })}
        >
          {t("rates.agree")}
        </Checkbox>
      ) : null}
    </>
  );
}
