// The words of a report's page, in every language that it is in.
import type { v1 } from "@pointbridge/protocol";

export interface ReportWords {
  readonly title: string;
  readonly period: string;
  readonly comparedUntil: string;
  readonly to: string;
  readonly pair: string;
  readonly result: string;
  readonly agrees: string;
  readonly differs: string;
  readonly running: string;
  readonly failed: string;
  readonly ranBy: string;
  readonly ranAt: string;
  readonly counts: string;
  readonly sourceCount: string;
  readonly targetCount: string;
  readonly matched: string;
  readonly inFlight: string;
  readonly lateArrivals: string;
  readonly found: string;
  readonly stillOpen: string;
  readonly totals: string;
  readonly comparison: string;
  readonly creditType: string;
  readonly ours: string;
  readonly theirs: string;
  readonly difference: string;
  readonly byType: string;
  readonly type: string;
  readonly count: string;
  readonly value: string;
  readonly byAge: string;
  readonly age: string;
  readonly underDay: string;
  readonly underThreeDays: string;
  readonly older: string;
  readonly mismatches: string;
  readonly operation: string;
  readonly initiatedAt: string;
  readonly severity: string;
  readonly status: string;
  readonly assignedTo: string;
  readonly repair: string;
  readonly none: string;
  readonly repairs: string;
  readonly proposedBy: string;
  readonly decidedBy: string;
  readonly appliedAt: string;
  readonly outcome: string;
  readonly repairStopped: string;
  readonly proof: string;
  readonly proofText: string;
  readonly equal: string;
  readonly unequal: string;
  readonly cut: string;
  readonly stuck: string;
  readonly types: Readonly<Record<v1.Mismatch["type"], string>>;
  readonly statuses: Readonly<Record<v1.Mismatch["status"], string>>;
  readonly severities: Readonly<Record<v1.Mismatch["severity"], string>>;
  readonly legs: Readonly<Record<string, string>>;
}

const en: ReportWords = {
  title: "Reconciliation report",
  period: "Period (UTC, end excluded)",
  comparedUntil: "Compared until",
  to: "to",
  pair: "Systems",
  result: "Result",
  agrees: "Both sides agree",
  differs: "Differences found",
  running: "Still running",
  failed: "Could not be done",
  ranBy: "Run by",
  ranAt: "Run at",
  counts: "Operations",
  sourceCount: "At the source",
  targetCount: "At the target",
  matched: "Matched",
  inFlight: "In flight",
  lateArrivals: "Arrived late, and agree",
  found: "Differing",
  stillOpen: "Of these still open",
  totals: "Totals",
  comparison: "Comparison",
  creditType: "Credit type",
  ours: "This node",
  theirs: "The other side",
  difference: "Difference",
  byType: "Differing by kind",
  type: "Kind",
  count: "Count",
  value: "Points",
  byAge: "Differing by age",
  age: "Age",
  underDay: "Less than a day",
  underThreeDays: "One to three days",
  older: "Three days and more",
  mismatches: "Differences",
  operation: "Operation",
  initiatedAt: "Initiated at",
  severity: "Severity",
  status: "Status",
  assignedTo: "Assigned to",
  repair: "Repair",
  none: "None.",
  repairs: "Repairs",
  proposedBy: "Asked for by",
  decidedBy: "Decided by",
  appliedAt: "Made at",
  outcome: "What came of it",
  repairStopped: "Repairs were stopped",
  proof: "Proof",
  proofText:
    "A digest is a sum over every movement that a side has; equal digests prove that both sides have the same.",
  equal: "equal",
  unequal: "not equal",
  cut: "There are more differences than this page shows; the list at /mismatches has all of them.",
  stuck: "stuck",
  types: {
    missing_in_source: "Missing at the source",
    missing_in_target: "Missing at the target",
    amount_mismatch: "Different amounts",
    status_mismatch: "Different outcomes",
    rate_mismatch: "Different rates",
    duplicate_id: "Entered twice",
    wrong_account: "Wrong account",
  },
  statuses: {
    open: "Open",
    assigned: "Assigned",
    awaiting_partner: "Awaiting the partner",
    resolved: "Resolved",
  },
  severities: { info: "Info", warning: "Warning", critical: "Critical" },
  legs: {
    target_credits: "Credits at the target",
    source_holds: "Holds at the source",
    own_debits: "Own debits",
    own_credits: "Own credits",
    hub_credits: "Credits, by the partner's exchanges",
    hub_holds: "Holds, by the partner's exchanges",
    statement_target: "The target's statement",
    statement_source: "The source's statement",
  },
};

const zh: ReportWords = {
  title: "对账报告",
  period: "期间（UTC，不含结束时刻）",
  comparedUntil: "已核对至",
  to: "至",
  pair: "系统",
  result: "结果",
  agrees: "双方一致",
  differs: "存在差异",
  running: "仍在进行",
  failed: "未能完成",
  ranBy: "发起人",
  ranAt: "发起时间",
  counts: "笔数",
  sourceCount: "来源方",
  targetCount: "目标方",
  matched: "一致",
  inFlight: "在途",
  lateArrivals: "迟到，复核一致",
  found: "差异",
  stillOpen: "其中未结",
  totals: "合计",
  comparison: "核对项",
  creditType: "积分类型",
  ours: "本节点",
  theirs: "对方",
  difference: "差额",
  byType: "按差异类型",
  type: "类型",
  count: "笔数",
  value: "积分",
  byAge: "按账龄",
  age: "账龄",
  underDay: "一天以内",
  underThreeDays: "一至三天",
  older: "三天及以上",
  mismatches: "差异明细",
  operation: "操作号",
  initiatedAt: "发起时间",
  severity: "级别",
  status: "状态",
  assignedTo: "负责人",
  repair: "修复",
  none: "无。",
  repairs: "修复记录",
  proposedBy: "提出人",
  decidedBy: "复核人",
  appliedAt: "执行时间",
  outcome: "结果",
  repairStopped: "自动修复已停止",
  proof: "证明",
  proofText: "摘要是一方全部变动之和；两个摘要相等，即证明双方记录相同。",
  equal: "相等",
  unequal: "不相等",
  cut: "差异多于本页所列，完整清单见 /mismatches。",
  stuck: "停滞",
  types: {
    missing_in_source: "来源方缺失",
    missing_in_target: "目标方缺失",
    amount_mismatch: "数量不符",
    status_mismatch: "状态不符",
    rate_mismatch: "兑换率不符",
    duplicate_id: "编号重复",
    wrong_account: "账户不符",
  },
  statuses: { open: "未处理", assigned: "已指派", awaiting_partner: "等待合作方", resolved: "已解决" },
  severities: { info: "提示", warning: "警告", critical: "严重" },
  legs: {
    target_credits: "目标方入账",
    source_holds: "来源方冻结",
    own_debits: "本账本扣减",
    own_credits: "本账本入账",
    hub_credits: "入账（对照合作方的兑换）",
    hub_holds: "冻结（对照合作方的兑换）",
    statement_target: "目标方对账单",
    statement_source: "来源方对账单",
  },
};

export const reportWords: Readonly<Record<v1.ReportLanguage, ReportWords>> = { en, zh };
