// Search, how times and colours are shown, the language, and who is signed in.
import {
  GlobalOutlined,
  MenuOutlined,
  MoonOutlined,
  SearchOutlined,
  SunOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, type MenuProps, Segmented, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useCaller } from "../api/index.ts";
import { type Language, type TextKey, useTexts } from "../i18n/index.ts";
import { When } from "../parts/index.ts";
import { type Clock, clocks, setPreferences, type Theme, usePreferences } from "../preferences/index.ts";
import { useLook } from "../theme/index.ts";

const clockTexts: Readonly<Record<Clock, TextKey>> = {
  local: "shell.clockLocal",
  utc: "shell.clockUtc",
  relative: "shell.clockRelative",
};

const themeTexts: Readonly<Record<Theme, TextKey>> = {
  light: "shell.themeLight",
  dark: "shell.themeDark",
  system: "shell.themeSystem",
};

function ThemeSwitch(): ReactNode {
  const { t } = useTexts();
  const { theme } = usePreferences();
  const { scheme } = useLook();
  const menu: MenuProps = {
    selectedKeys: [theme],
    items: Object.entries(themeTexts).map(([key, text]) => ({ key, label: t(text) })),
    onClick: ({ key }) => setPreferences({ theme: key as Theme }),
  };
  return (
    <Dropdown menu={menu} trigger={["click"]}>
      <Button
        type="text"
        aria-label={t("shell.theme")}
        icon={scheme === "dark" ? <MoonOutlined aria-hidden="true" /> : <SunOutlined aria-hidden="true" />}
      />
    </Dropdown>
  );
}

export function LanguageSwitch(): ReactNode {
  const { t } = useTexts();
  const { language } = usePreferences();
  const menu: MenuProps = {
    selectedKeys: [language],
    items: [
      { key: "en", label: <span lang="en">English</span> },
      { key: "zh-CN", label: <span lang="zh-CN">简体中文</span> },
    ],
    onClick: ({ key }) => setPreferences({ language: key as Language }),
  };
  return (
    <Dropdown menu={menu} trigger={["click"]}>
      <Button type="text" aria-label={t("shell.language")} icon={<GlobalOutlined aria-hidden="true" />} />
    </Dropdown>
  );
}

function ClockSwitch(): ReactNode {
  const { t } = useTexts();
  const { clock } = usePreferences();
  return (
    <Tooltip title={t("shell.clock")}>
      <Segmented<Clock>
        className="clock-switch"
        aria-label={t("shell.clock")}
        size="small"
        value={clock}
        options={clocks.map((value) => ({ value, label: t(clockTexts[value]) }))}
        onChange={(value) => setPreferences({ clock: value })}
      />
    </Tooltip>
  );
}

function AccountMenu(): ReactNode {
  const { t, find } = useTexts();
  const { session, signOut } = useCaller();
  const role = find("shell", `role${session.role}`) ?? session.role;
  const menu: MenuProps = {
    items: [
      {
        key: "who",
        disabled: true,
        label: (
          <span className="who">
            {role} · {t("shell.until")} <When at={session.expires_at} />
          </span>
        ),
      },
      { key: "docs", label: <a href="/docs">{t("shell.apiDocs")}</a> },
      { type: "divider" },
      { key: "out", label: t("shell.signOut") },
    ],
    onClick: ({ key }) => {
      if (key === "out") void signOut();
    },
  };
  return (
    <Dropdown menu={menu} trigger={["click"]}>
      <Button
        type="text"
        icon={<UserOutlined aria-hidden="true" />}
        aria-label={`${t("shell.account")}: ${session.principal}`}
      >
        <span className="who-name">{session.principal}</span>
      </Button>
    </Dropdown>
  );
}

interface TopBarProps {
  readonly onSearch: () => void;
  readonly onMenu: () => void;
}

export function TopBar({ onSearch, onMenu }: TopBarProps): ReactNode {
  const { t } = useTexts();
  return (
    <header className="top-bar">
      <Button
        className="menu-button"
        type="text"
        icon={<MenuOutlined aria-hidden="true" />}
        aria-label={t("shell.menu")}
        onClick={onMenu}
      />
      <button type="button" className="search-button" onClick={onSearch}>
        <SearchOutlined aria-hidden="true" />
        <span className="search-hint">{t("shell.searchHint")}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="top-tools">
        <ClockSwitch />
        <LanguageSwitch />
        <ThemeSwitch />
        <AccountMenu />
      </div>
    </header>
  );
}
