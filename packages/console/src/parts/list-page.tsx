// A page that lists things of which there are few: read whole, with a button that adds one for those who may.
import { PlusOutlined } from "@ant-design/icons";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { IfMay } from "../api/index.ts";
import { Page, Panel } from "./page.tsx";
import { Loaded, Nothing } from "./states.tsx";

const pageSize = 50;

interface ListPageProps<T> {
  readonly title: string;
  readonly intro: string;
  readonly addText: string;
  readonly onAdd: () => void;
  readonly query: UseQueryResult<T[]>;
  readonly columns: TableColumnsType<T>;
  readonly rowKey: (row: T) => string;
  readonly empty: { readonly title: string; readonly hint: string };
  /** Above the list. */
  readonly before?: ReactNode;
  /** Below the list, and dialogs. */
  readonly children?: ReactNode;
}

export function ListPage<T extends object>(props: ListPageProps<T>): ReactNode {
  const { title, query, columns, rowKey, empty } = props;
  return (
    <Page
      title={title}
      intro={props.intro}
      actions={
        <IfMay ability="administer">
          <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={props.onAdd}>
            {props.addText}
          </Button>
        </IfMay>
      }
    >
      {props.before}
      <Panel isFlush>
        <Loaded query={query}>
          {(rows) => (
            <Table<T>
              aria-label={title}
              size="small"
              columns={columns}
              dataSource={rows}
              rowKey={rowKey}
              pagination={rows.length > pageSize ? { pageSize, size: "small" } : false}
              scroll={{ x: "max-content" }}
              locale={{ emptyText: <Nothing title={empty.title} hint={empty.hint} /> }}
            />
          )}
        </Loaded>
      </Panel>
      {props.children}
    </Page>
  );
}
