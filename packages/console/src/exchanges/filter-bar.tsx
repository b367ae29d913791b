// The filters above the list. What is chosen goes into the address at once.
import { Button, Select } from "antd";
import type { ReactNode } from "react";
import { useSystemOptions } from "../api/index.ts";
import { PeriodFilter, TextFilter } from "../filters/index.ts";
import { useTexts } from "../i18n/index.ts";
import { type ExchangeSearch, isFiltered, statuses } from "./filter.ts";

interface FilterBarProps {
  readonly search: ExchangeSearch;
  readonly onChange: (change: Partial<Record<keyof ExchangeSearch, string | undefined>>) => void;
  readonly onClear: () => void;
  readonly children?: ReactNode;
}

export function FilterBar({ search, onChange, onClear, children }: FilterBarProps): ReactNode {
  const { t } = useTexts();
  const systems = useSystemOptions();
  return (
    <search className="filters" aria-label={t("exchanges.filters")}>
      <Select
        className="filter-choice"
        aria-label={t("exchanges.status")}
        placeholder={t("exchanges.status")}
        allowClear
        value={search.status}
        options={statuses.map((status) => ({ value: status, label: t(`statuses.${status}`) }))}
        onChange={(status: string | undefined) => onChange({ status })}
      />
      <TextFilter label={t("exchanges.member")} value={search.user} onEnter={(user) => onChange({ user })} />
      <Select
        className="filter-choice"
        aria-label={t("exchanges.source")}
        placeholder={t("exchanges.source")}
        allowClear
        showSearch
        value={search.source}
        options={systems}
        onChange={(source: string | undefined) => onChange({ source })}
      />
      <Select
        className="filter-choice"
        aria-label={t("exchanges.target")}
        placeholder={t("exchanges.target")}
        allowClear
        showSearch
        value={search.target}
        options={systems}
        onChange={(target: string | undefined) => onChange({ target })}
      />
      <PeriodFilter
        after={search.after}
        before={search.before}
        onChange={(after, before) => onChange({ after, before })}
      />
      {isFiltered(search) ? (
        <Button type="link" onClick={onClear}>
          {t("exchanges.clear")}
        </Button>
      ) : null}
      <span className="filters-space" />
      {children}
    </search>
  );
}
