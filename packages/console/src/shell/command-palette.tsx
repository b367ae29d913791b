// Ctrl-K: goes to any page, finds anything by its id, switches how the console looks.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Modal, Spin } from "antd";
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useState } from "react";
import { type TextKey, useTexts } from "../i18n/index.ts";
import { setPreferences } from "../preferences/index.ts";
import { type Found, findThings } from "./find-things.ts";
import { allPages } from "./pages.ts";

interface Item {
  readonly key: string;
  readonly group: TextKey;
  readonly label: string;
  readonly kind?: string;
  readonly detail?: string;
  readonly run: () => void;
}

function useItems(text: string, found: readonly Found[]): Item[] {
  const { t } = useTexts();
  const navigate = useNavigate();
  const wanted = text.trim().toLowerCase();
  const fits = (label: string) => wanted === "" || label.toLowerCase().includes(wanted);
  const foundItems = found.map<Item>(({ kind, id, detail, to, params, search }) => ({
    key: `${kind}:${id}`,
    group: "shell.groupFound",
    label: id,
    kind: t(kind),
    detail,
    run: () => void navigate({ to, params: params ?? {}, search: search ?? {} } as never),
  }));
  const pageItems = allPages
    .map<Item>(({ to, text: name }) => ({
      key: to,
      group: "shell.groupPages",
      label: t(name),
      run: () => void navigate({ to }),
    }))
    .filter(({ label }) => fits(label));
  const actions: readonly (readonly [string, () => void])[] = [
    ["English", () => setPreferences({ language: "en" })],
    ["简体中文", () => setPreferences({ language: "zh-CN" })],
    [`${t("shell.theme")}: ${t("shell.themeLight")}`, () => setPreferences({ theme: "light" })],
    [`${t("shell.theme")}: ${t("shell.themeDark")}`, () => setPreferences({ theme: "dark" })],
    [`${t("shell.clock")}: ${t("shell.clockUtc")}`, () => setPreferences({ clock: "utc" })],
    [`${t("shell.clock")}: ${t("shell.clockLocal")}`, () => setPreferences({ clock: "local" })],
  ];
  const actionItems = actions
    .filter(([label]) => wanted !== "" && fits(label))
    .map<Item>(([label, run]) => ({ key: label, group: "shell.groupActions", label, run }));
  return [...foundItems, ...pageItems, ...actionItems];
}

interface OptionsProps {
  readonly items: readonly Item[];
  readonly chosen: number;
  readonly listId: string;
  readonly onChoose: (item: Item) => void;
  readonly onPoint: (index: number) => void;
}

function Options({ items, chosen, listId, onChoose, onPoint }: OptionsProps): ReactNode {
  const { t } = useTexts();
  return (
    <ul className="palette-list" role="listbox" id={listId} aria-label={t("shell.searchTitle")}>
      {items.map((item, index) => (
        <li
          key={item.key}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={index === chosen}
          className={index === chosen ? "palette-item is-chosen" : "palette-item"}
          onMouseMove={() => onPoint(index)}
          onClick={() => onChoose(item)}
        >
          {items[index - 1]?.group === item.group ? null : (
            <span className="palette-group">{t(item.group)}</span>
          )}
          <span className="palette-row">
            {item.kind === undefined ? null : <span className="palette-kind">{item.kind}</span>}
            <span className={item.kind === undefined ? "palette-label" : "palette-label mono"}>
              {item.label}
            </span>
            {item.detail === undefined ? null : <span className="palette-detail">{item.detail}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function CommandPalette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const wanted = useDeferredValue(text.trim());
  const query = useQuery({
    queryKey: ["find", wanted],
    queryFn: ({ signal }) => findThings(wanted, signal),
    enabled: wanted.length >= 2,
    staleTime: 5_000,
  });
  const items = useItems(text, wanted.length >= 2 ? (query.data ?? []) : []);
  const choose = (item: Item | undefined) => {
    if (item === undefined) return;
    item.run();
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen((items.length + chosen + step) % Math.max(1, items.length));
    }
    if (event.key === "Enter" && !query.isFetching) choose(items[chosen]);
  };
  const isEmpty = items.length === 0 && !query.isFetching;
  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onClose}
      width={620}
      className="palette"
      aria-label={t("shell.searchTitle")}
    >
      <div className="palette-field">
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={`${listId}-${chosen}`}
          aria-label={t("shell.searchHint")}
          placeholder={t("shell.searchHint")}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        {query.isFetching ? <Spin size="small" /> : null}
      </div>
      <Options items={items} chosen={chosen} listId={listId} onChoose={choose} onPoint={setChosen} />
      {isEmpty ? <p className="palette-nothing">{t("shell.searchNothing")}</p> : null}
      <p className="palette-keys">{t("shell.searchKeys")}</p>
    </Modal>
  );
}
