// Alerts, and where they are told.
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";
import { Page } from "../parts/index.ts";
import { AlertList } from "./alert-list.tsx";
import { Channels } from "./channels.tsx";

export function Alerts(): ReactNode {
  const { t } = useTexts();
  return (
    <Page title={t("alerts.title")} intro={t("alerts.intro")}>
      <AlertList />
      <Channels />
    </Page>
  );
}
