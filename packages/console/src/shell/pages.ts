// The pages there are, as the navigation and the search know them.
import {
  AlertOutlined,
  ApiOutlined,
  AuditOutlined,
  BranchesOutlined,
  ClusterOutlined,
  ColumnHeightOutlined,
  DashboardOutlined,
  DiffOutlined,
  FileDoneOutlined,
  FileProtectOutlined,
  FileSearchOutlined,
  KeyOutlined,
  PercentageOutlined,
  SafetyCertificateOutlined,
  SwapOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { TextKey } from "../i18n/index.ts";

export interface PageEntry {
  readonly to:
    | "/"
    | "/exchanges"
    | "/members"
    | "/log"
    | "/rates"
    | "/inconsistencies"
    | "/reconciliations"
    | "/alerts"
    | "/systems"
    | "/links"
    | "/limits"
    | "/receipts"
    | "/audit"
    | "/keys"
    | "/webhooks"
    | "/api-keys";
  readonly text: TextKey;
  readonly Icon: ComponentType<{ readonly "aria-hidden"?: "true" }>;
}

export interface PageGroup {
  readonly text: TextKey;
  readonly pages: readonly PageEntry[];
}

export const pageGroups: readonly PageGroup[] = [
  {
    text: "shell.groupDaily",
    pages: [
      { to: "/", text: "shell.overview", Icon: DashboardOutlined },
      { to: "/exchanges", text: "shell.exchanges", Icon: SwapOutlined },
      { to: "/members", text: "shell.members", Icon: TeamOutlined },
      { to: "/log", text: "shell.log", Icon: FileSearchOutlined },
    ],
  },
  {
    text: "shell.groupControl",
    pages: [
      { to: "/rates", text: "shell.rates", Icon: PercentageOutlined },
      { to: "/reconciliations", text: "shell.reconciliations", Icon: AuditOutlined },
      { to: "/inconsistencies", text: "shell.inconsistencies", Icon: DiffOutlined },
      { to: "/alerts", text: "shell.alerts", Icon: AlertOutlined },
      { to: "/receipts", text: "shell.receipts", Icon: FileDoneOutlined },
      { to: "/audit", text: "shell.audit", Icon: FileProtectOutlined },
    ],
  },
  {
    text: "shell.groupNetwork",
    pages: [
      { to: "/systems", text: "shell.partners", Icon: ClusterOutlined },
      { to: "/links", text: "shell.links", Icon: BranchesOutlined },
      { to: "/limits", text: "shell.limits", Icon: ColumnHeightOutlined },
    ],
  },
  {
    text: "shell.groupSettings",
    pages: [
      { to: "/keys", text: "shell.keys", Icon: SafetyCertificateOutlined },
      { to: "/api-keys", text: "shell.apiKeys", Icon: KeyOutlined },
      { to: "/webhooks", text: "shell.webhooks", Icon: ApiOutlined },
    ],
  },
];

export const allPages: readonly PageEntry[] = pageGroups.flatMap(({ pages }) => pages);
