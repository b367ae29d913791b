// The pages, in groups, at the left edge; behind a button on narrow screens.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";
import { pageGroups } from "./pages.ts";

export function Navigation({ onChosen }: { readonly onChosen: () => void }): ReactNode {
  const { t } = useTexts();
  return (
    <nav className="navigation" aria-label={t("shell.navigation")}>
      {pageGroups.map(({ text, pages }) => (
        <div key={text} className="nav-group">
          <p className="nav-group-name">{t(text)}</p>
          <ul>
            {pages.map((page) => (
              <li key={page.to}>
                <Link
                  to={page.to}
                  className="nav-link"
                  activeProps={{ className: "nav-link is-active", "aria-current": "page" }}
                  activeOptions={{ exact: page.to === "/", includeSearch: false }}
                  onClick={onChosen}
                >
                  <page.Icon aria-hidden="true" />
                  <span>{t(page.text)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
