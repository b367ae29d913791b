// An id: in full where there is room, copied with one press.
import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTexts } from "../i18n/index.ts";

/** The beginning and the end of a long id, which is what people compare. */
export function shorten(value: string, longest: number): string {
  if (value.length <= longest) return value;
  const head = Math.ceil((longest - 1) / 2);
  return `${value.slice(0, head)}…${value.slice(value.length - (longest - 1 - head))}`;
}

export function CopyButton({ value }: { readonly value: string }): ReactNode {
  const { t } = useTexts();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setIsCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = (event: React.MouseEvent) => {
    event.stopPropagation();
    event.preventDefault();
    void navigator.clipboard.writeText(value).then(() => setIsCopied(true));
  };
  const label = isCopied ? t("parts.copied") : t("parts.copy");
  return (
    <Tooltip title={label}>
      <button type="button" className="copy" aria-label={`${label}: ${value}`} onClick={copy}>
        {isCopied ? <CheckOutlined aria-hidden="true" /> : <CopyOutlined aria-hidden="true" />}
      </button>
    </Tooltip>
  );
}

interface IdentifierProps {
  readonly value: string;
  /** Characters shown; all if absent. */
  readonly longest?: number;
  /** Wraps the text, say in a link. */
  readonly children?: (text: string) => ReactNode;
}

export function Identifier({ value, longest, children }: IdentifierProps): ReactNode {
  const text = longest === undefined ? value : shorten(value, longest);
  return (
    <span className="identifier" title={text === value ? undefined : value}>
      <span className="mono">{children === undefined ? text : children(text)}</span>
      <CopyButton value={value} />
    </span>
  );
}
