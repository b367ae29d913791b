// The table of alerts: every type that there is, how grave it is unless said otherwise, and what it is called.
// docs/runbook/TYPE.md says of each what it means, how to look and what to do; a test holds the two together.

export const alertSeverities = ["info", "warning", "critical"] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

export interface AlertTypeEntry {
  readonly severity: AlertSeverity;
  readonly title: { readonly en: string; readonly zh: string };
}

export const alertTypes = {
  exchange_needs_attention: {
    severity: "critical",
    title: { en: "An exchange needs a person", zh: "兑换需要人工处理" },
  },
  partner_unreachable: {
    severity: "warning",
    title: { en: "A partner can't be reached", zh: "合作方无法连接" },
  },
  rate_change_pending: {
    severity: "info",
    title: { en: "A change of a rate waits for approval", zh: "兑换率变更等待复核" },
  },
  rate_cycle_allowed: {
    severity: "warning",
    title: { en: "A gaining cycle of rates was allowed", zh: "已放行增值的兑换率环路" },
  },
  rate_agreement_broken: {
    severity: "warning",
    title: { en: "A partner does not keep to an agreed rate", zh: "合作方未遵守约定的兑换率" },
  },
  reconciliation_differences: {
    severity: "warning",
    title: { en: "A reconciliation found differences", zh: "对账发现差异" },
  },
  reconciliation_failed: {
    severity: "warning",
    title: { en: "A reconciliation failed", zh: "对账失败" },
  },
  reconciliation_stopped_itself: {
    severity: "critical",
    title: { en: "A reconciliation stopped its repairs", zh: "对账自动修复已停止" },
  },
  inconsistency_open: {
    severity: "warning",
    title: { en: "An inconsistency was found", zh: "发现不一致" },
  },
  ledger_unbalanced: {
    severity: "critical",
    title: { en: "The ledger does not balance", zh: "账本不平" },
  },
  webhook_dead: {
    severity: "warning",
    title: { en: "A webhook was given up", zh: "Webhook 推送已停止" },
  },
  webhook_dead_letters: {
    severity: "warning",
    title: { en: "A webhook has dead letters", zh: "Webhook 有未送达的事件" },
  },
  alert_channel_failing: {
    severity: "warning",
    title: { en: "An alert channel fails", zh: "告警通道故障" },
  },
  key_expiring: {
    severity: "warning",
    title: { en: "A key is about to expire", zh: "密钥即将到期" },
  },
} as const satisfies Record<string, AlertTypeEntry>;

export type AlertType = keyof typeof alertTypes;

export function isAlertType(text: string): text is AlertType {
  return Object.hasOwn(alertTypes, text);
}

/** The page that says what to do, from the root of the repository. */
export function runbookOf(type: AlertType): string {
  return `docs/runbook/${type}.md`;
}
