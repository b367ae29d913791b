// A list of any length, a page at a time by cursor. The cursor stands in the address, so that Back goes back.
import type { Page as ListPage } from "@pointbridge/sdk";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";
import { Failed } from "./states.tsx";

export interface CursorTableProps<T> {
  readonly queryKey: readonly unknown[];
  readonly read: (cursor: string | undefined) => Promise<ListPage<T>>;
  readonly columns: TableColumnsType<T>;
  readonly rowKey: (row: T) => string;
  readonly cursor: string | undefined;
  /** Undefined leads to the newest. */
  readonly onCursor: (cursor: string | undefined) => void;
  readonly empty: ReactNode;
  /** The first page is read again every so often. */
  readonly refreshMs?: number;
  readonly label: string;
  readonly isSelected?: (row: T) => boolean;
}

export function CursorTable<T extends object>(props: CursorTableProps<T>): ReactNode {
  const { t } = useTexts();
  const { queryKey, read, cursor, onCursor, refreshMs } = props;
  const query = useQuery({
    queryKey: [...queryKey, cursor ?? ""],
    queryFn: () => read(cursor),
    placeholderData: keepPreviousData,
    refetchInterval: cursor === undefined && refreshMs !== undefined ? refreshMs : false,
  });
  const next = query.data?.next_cursor ?? undefined;
  if (query.data === undefined && query.error !== null) {
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <div className={query.isPlaceholderData ? "cursor-table is-waiting" : "cursor-table"}>
      {query.error === null ? null : <p className="stale">{t("parts.stale")}</p>}
      <Table<T>
        aria-label={props.label}
        size="small"
        columns={props.columns}
        dataSource={query.data === undefined ? [] : [...query.data.items]}
        rowKey={props.rowKey}
        rowClassName={(row) => (props.isSelected?.(row) === true ? "row-selected" : "")}
        loading={query.isPending}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: query.isPending ? <div className="table-wait" /> : props.empty }}
      />
      {cursor === undefined && next === undefined ? null : (
        <nav className="cursor-nav" aria-label={t("parts.pages")}>
          <Button size="small" disabled={cursor === undefined} onClick={() => onCursor(undefined)}>
            {t("parts.first")}
          </Button>
          <Button size="small" disabled={next === undefined} onClick={() => onCursor(next)}>
            {t("parts.next")}
          </Button>
        </nav>
      )}
    </div>
  );
}
