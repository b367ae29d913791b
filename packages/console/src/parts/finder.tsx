// One field and a button, to find what the address of the page then names.
import { Button, Input } from "antd";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";

/** @param found what the page shows now; the field follows it */
export function Finder(props: {
  readonly found: string | undefined;
  readonly label: string;
  readonly action: string;
  readonly onFind: (text: string) => void;
}): ReactNode {
  const { found = "", label, action, onFind } = props;
  const [text, setText] = useState(found);
  useEffect(() => setText(found), [found]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") onFind(text.trim());
  };
  return (
    <form className="member-search" onSubmit={onSubmit}>
      <Input
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        allowClear
      />
      <Button type="primary" htmlType="submit">
        {action}
      </Button>
    </form>
  );
}
