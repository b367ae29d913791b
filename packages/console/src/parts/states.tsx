// What a page shows where there is nothing to show yet, nothing at all, or something went wrong.
import { PointbridgeError, UnreachableError } from "@pointbridge/sdk";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";

interface NothingProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
  /** Where much else is on the page. */
  readonly isSmall?: boolean;
}

/** Nothing is there: says what would be, and what to do next. */
export function Nothing({ title, hint, action, isSmall = false }: NothingProps): ReactNode {
  return (
    <div className={isSmall ? "nothing nothing-small" : "nothing"}>
      <svg viewBox="0 0 64 32" aria-hidden="true" className="nothing-picture">
        <path
          d="M8 26c0-12 10-20 24-20s24 8 24 20"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.5"
          strokeDasharray="3 5"
          strokeLinecap="round"
        />
        <circle cx="8" cy="26" r="4" fill="currentColor" />
        <circle cx="56" cy="26" r="4" fill="none" stroke="currentColor" strokeWidth="2.5" />
      </svg>
      <p className="nothing-title">{title}</p>
      {hint === undefined ? null : <p className="nothing-hint">{hint}</p>}
      {action}
    </div>
  );
}

/** What was shown is not what stands any more; its message is for people. */
export class StaleError extends Error {}

/** What went wrong, in words, with what support would ask for. */
export function useFailureText(): (error: unknown) => string {
  const { t, find } = useTexts();
  return (error) => {
    if (error instanceof UnreachableError) return t("parts.unreachable");
    if (error instanceof StaleError) return error.message;
    if (!(error instanceof PointbridgeError)) return String(error);
    return find("codes", error.code) ?? error.detail;
  };
}

export function Failed({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry?: () => void;
}): ReactNode {
  const { t } = useTexts();
  const text = useFailureText()(error);
  const problem = error instanceof PointbridgeError ? error : undefined;
  return (
    <div className="failed" role="alert">
      <p className="failed-title">{text}</p>
      {problem === undefined ? null : (
        <p className="failed-detail">
          <code>{problem.code}</code> {problem.detail}
          {problem.requestId === undefined ? null : (
            <>
              {" · "}
              {t("parts.requestId")} <code>{problem.requestId}</code>
            </>
          )}
        </p>
      )}
      {retry === undefined ? null : (
        <Button size="small" onClick={retry}>
          {t("parts.tryAgain")}
        </Button>
      )}
    </div>
  );
}

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}

/** The data once it is there; what there was, marked as stale, where the node stopped answering. */
export function Loaded<T>({ query, rows = 4, children }: LoadedProps<T>): ReactNode {
  const { t } = useTexts();
  const retry = () => void query.refetch();
  if (query.data === undefined) {
    if (query.error !== null) return <Failed error={query.error} retry={retry} />;
    return <Skeleton active title={false} paragraph={{ rows }} aria-label={t("parts.loading")} />;
  }
  return (
    <>
      {query.error === null ? null : (
        <p className="stale" role="status">
          {t("parts.stale")}{" "}
          <button type="button" className="link" onClick={retry}>
            {t("parts.tryAgain")}
          </button>
        </p>
      )}
      {children(query.data)}
    </>
  );
}
