// A labelled field of a form, with what it takes and what is wrong with it.
import { Input } from "antd";
import { type ReactNode, useId } from "react";

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly children: (id: string) => ReactNode;
}

export function Field({ label, hint, children }: FieldProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint === undefined ? null : <p className="field-hint">{hint}</p>}
    </div>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly isWrong?: boolean;
  readonly inputMode?: "text" | "decimal" | "numeric" | "url";
  readonly placeholder?: string;
  readonly longest?: number;
}

export function TextField(props: TextFieldProps): ReactNode {
  return (
    <Field label={props.label} hint={props.hint}>
      {(id) => (
        <Input
          id={id}
          autoComplete="off"
          inputMode={props.inputMode ?? "text"}
          placeholder={props.placeholder}
          maxLength={props.longest ?? 256}
          value={props.value}
          status={props.isWrong === true ? "error" : ""}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
