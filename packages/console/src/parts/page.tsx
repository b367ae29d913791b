// The frame of a page: what it is, what it is for, what can be done; and panels on it.
import { type ReactNode, useEffect } from "react";

interface PageProps {
  readonly title: string;
  /** Beside the title, such as a status. */
  readonly aside?: ReactNode;
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, aside, intro, actions, children }: PageProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Pointbridge`;
  }, [title]);
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          <h1>{title}</h1>
          {aside}
          {intro === undefined ? null : <p className="page-intro">{intro}</p>}
        </div>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface PanelProps {
  readonly title?: ReactNode;
  readonly note?: ReactNode;
  readonly extra?: ReactNode;
  /** Without padding, for tables. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, note, extra, isFlush = false, children }: PanelProps): ReactNode {
  return (
    <section className={isFlush ? "panel panel-flush" : "panel"}>
      {title === undefined && extra === undefined ? null : (
        <div className="panel-head">
          <div>
            {title === undefined ? null : <h2>{title}</h2>}
            {note === undefined ? null : <p className="panel-note">{note}</p>}
          </div>
          {extra}
        </div>
      )}
      <div className="panel-body">{children}</div>
    </section>
  );
}

export type Fact = readonly [label: string, value: ReactNode];

/** Names and values, aligned. */
export function Facts({
  facts,
  columns = 1,
}: {
  readonly facts: readonly Fact[];
  readonly columns?: 1 | 2 | 3;
}): ReactNode {
  return (
    <dl className={`facts facts-${columns}`}>
      {facts.map(([label, value]) => (
        <div key={label} className="fact">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
