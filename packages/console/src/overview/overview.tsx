// The overview: what needs a person, then what is going on. Live.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Loaded, Nothing, Page, Panel } from "../parts/index.ts";
import { Activity } from "./activity.tsx";
import { Needs } from "./needs.tsx";

const shownMost = 1_000;
const refreshMs = 5_000;

export function Overview(): ReactNode {
  const { t } = useTexts();
  const query = useQuery({
    queryKey: ["overview", "exchanges"],
    queryFn: async () => (await client.exchanges.list({ limit: shownMost }).page()).items,
    refetchInterval: refreshMs,
    // A thousand rows are replaced as a whole; comparing each would cost more than drawing.
    structuralSharing: false,
  });
  return (
    <Page title={t("overview.title")} actions={<Link to="/exchanges">{t("overview.all")}</Link>}>
      <Needs />
      <Loaded query={query} rows={10}>
        {(exchanges) =>
          exchanges.length === 0 ? (
            <Panel>
              <Nothing
                title={t("overview.emptyTitle")}
                hint={t("overview.emptyHint")}
                action={<Link to="/systems">{t("shell.partners")}</Link>}
              />
            </Panel>
          ) : (
            <Activity exchanges={exchanges} />
          )
        }
      </Loaded>
    </Page>
  );
}
