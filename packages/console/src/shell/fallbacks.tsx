// Addresses that lead nowhere, and pages that broke.
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";
import { Failed, Nothing, Page } from "../parts/index.ts";

export function NoSuchPage(): ReactNode {
  const { t } = useTexts();
  return (
    <Page title={t("shell.notFound")}>
      <Nothing
        title={t("shell.notFound")}
        hint={t("shell.notFoundHint")}
        action={<Link to="/">{t("shell.toOverview")}</Link>}
      />
    </Page>
  );
}

export function BrokenPage({ error }: { readonly error: unknown }): ReactNode {
  const { t } = useTexts();
  return (
    <Page title={t("shell.broken")} intro={t("shell.brokenHint")}>
      <Failed error={error} />
      <Button onClick={() => location.reload()}>{t("shell.reload")}</Button>
    </Page>
  );
}
