// Gives Ant Design the console's colours, sizes and language, and follows the system's scheme where that is chosen.
import { App, theme as antTheme, ConfigProvider, type ThemeConfig } from "antd";
import enUs from "antd/locale/en_US";
import zhCn from "antd/locale/zh_CN";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import { usePreferences } from "../preferences/index.ts";
import { applyPalette, dark, light, type Palette } from "./palette.ts";

export type Scheme = "light" | "dark";

const darkQuery = matchMedia("(prefers-color-scheme: dark)");

function subscribe(listener: () => void): () => void {
  darkQuery.addEventListener("change", listener);
  return () => darkQuery.removeEventListener("change", listener);
}

const sans =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, monospace';

function toTheme(palette: Palette, scheme: Scheme): ThemeConfig {
  return {
    algorithm: scheme === "dark" ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorLink: palette.accent,
      colorSuccess: palette.good,
      colorWarning: palette.warn,
      colorError: palette.bad,
      colorInfo: palette.calm,
      colorTextBase: palette.ink,
      colorText: palette.ink,
      colorTextSecondary: palette.inkSoft,
      colorTextTertiary: palette.inkFaint,
      colorTextDescription: palette.inkFaint,
      colorTextPlaceholder: palette.inkFaint,
      colorTextLightSolid: palette.onAccent,
      colorBgBase: palette.surface,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.raised,
      colorBgLayout: palette.ground,
      colorBorder: palette.lineStrong,
      colorBorderSecondary: palette.line,
      borderRadius: 6,
      fontFamily: sans,
      fontFamilyCode: mono,
      fontSize: 13,
      controlHeight: 32,
      wireframe: false,
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.18s",
    },
    components: {
      Table: {
        headerBg: palette.surface,
        headerColor: palette.inkSoft,
        headerSplitColor: "transparent",
        rowHoverBg: palette.sunken,
        cellPaddingBlockSM: 7,
        cellPaddingInlineSM: 12,
      },
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 500 },
      Tooltip: {
        colorBgSpotlight: scheme === "dark" ? "#2c332f" : "#262b28",
        colorTextLightSolid: "#f5f3ee",
      },
      Segmented: { trackBg: palette.sunken, itemColor: palette.inkSoft },
      Tabs: { horizontalItemGutter: 24, titleFontSize: 13 },
      Modal: { titleFontSize: 16 },
    },
  };
}

interface Look {
  readonly palette: Palette;
  readonly scheme: Scheme;
}

const LookContext = createContext<Look>({ palette: light, scheme: "light" });

/** The colours in use, for what is drawn rather than styled. */
export function useLook(): Look {
  return useContext(LookContext);
}

export function ThemeProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { theme, language } = usePreferences();
  const systemIsDark = useSyncExternalStore(subscribe, () => darkQuery.matches);
  const scheme: Scheme = theme === "system" ? (systemIsDark ? "dark" : "light") : theme;
  const palette = scheme === "dark" ? dark : light;
  const look = useMemo(() => ({ palette, scheme }), [palette, scheme]);
  useEffect(() => {
    applyPalette(palette, scheme);
    document.documentElement.lang = language;
  }, [palette, scheme, language]);
  return (
    <LookContext value={look}>
      <ConfigProvider
        theme={toTheme(palette, scheme)}
        locale={language === "zh-CN" ? zhCn : enUs}
        button={{ autoInsertSpace: false }}
        componentSize="middle"
      >
        <App className="app-root" notification={{ placement: "bottomRight" }}>
          {children}
        </App>
      </ConfigProvider>
    </LookContext>
  );
}
