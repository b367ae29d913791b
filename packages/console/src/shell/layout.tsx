// The frame: navigation, top bar, the page, and the keys that work everywhere.
import { Outlet, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useTexts } from "../i18n/index.ts";
import { Brand } from "./brand.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { Gate } from "./gate.tsx";
import { Navigation } from "./navigation.tsx";
import { TopBar } from "./top-bar.tsx";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, [contenteditable]") !== null;
}

function Frame(): ReactNode {
  const { t } = useTexts();
  const [isSearching, setIsSearching] = useState(false);
  // The page that is shown, which follows the address once its parts are loaded.
  const shown = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname ?? "" });
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isShortcut = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!isShortcut && (event.key !== "/" || isTyping(event.target))) return;
      event.preventDefault();
      setIsSearching(true);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <div className={isMenuOpen ? "frame is-menu-open" : "frame"}>
      <a className="skip" href="#page">
        {t("shell.skip")}
      </a>
      <aside className="side">
        <Brand />
        <Navigation onChosen={() => setIsMenuOpen(false)} />
      </aside>
      <TopBar onSearch={() => setIsSearching(true)} onMenu={() => setIsMenuOpen(!isMenuOpen)} />
      <main id="page" className="content" tabIndex={-1} data-shown={shown}>
        <Outlet />
      </main>
      {isSearching ? <CommandPalette onClose={() => setIsSearching(false)} /> : null}
    </div>
  );
}

export function Layout(): ReactNode {
  return (
    <Gate>
      <Frame />
    </Gate>
  );
}
