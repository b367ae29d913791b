// Texts of the page about the audit log.
import type { Texts } from "../define-texts.ts";

export const audit = {
  title: ["Audit", "审计"],
  intro: [
    "Everything that was done stands in a signed tree. Whether it still does is computed here, in your browser.",
    "所有操作都写入经签名的默克尔树。是否被改动由您的浏览器在本页验算。",
  ],
  insecure: [
    "This page is served without https, so the browser lends no cryptography: nothing can be checked here.",
    "本页未通过 https 提供，浏览器不提供加密功能，无法在此验证。",
  ],
  ofOperation: ["Prove an operation", "验证单笔操作"],
  ofOperationNote: [
    "Who did what and when, and that it stands in the signed log. An entry comes a minute behind what it tells of.",
    "何人在何时做了什么，并证明其已写入签名日志。条目约滞后一分钟。",
  ],
  operation: ["Id of an operation", "操作编号"],
  prove: ["Prove", "验证"],
  entry: ["Entry", "条目"],
  at: ["At", "时间"],
  what: ["What", "事项"],
  who: ["By", "操作人"],
  approved: ["Approved by", "审批人"],
  proof: ["In the signed log", "是否在签名日志中"],
  proven: ["Proven by {{count}} hashes", "已验证（{{count}} 个哈希）"],
  unproven: ["Not in the log as signed", "与签名日志不符"],
  notYet: ["Not signed yet", "尚未签名"],
  noEntry: ["No entry names this operation yet", "尚无条目涉及该操作"],
  noEntryHint: [
    "Entries come some seconds behind; the page looks again.",
    "条目会滞后数秒，本页将自动重试。",
  ],
  newest: ["Newest checkpoint", "最新检查点"],
  newestNote: [
    "The size and root of the log, signed by the node. Your browser remembers it and compares at the next visit.",
    "日志的大小与根哈希，由节点签名。浏览器会记住它并在下次访问时比对。",
  ],
  none: ["Nothing has been signed yet", "尚无签名检查点"],
  noneHint: [
    "The first checkpoint comes within minutes of the first operation.",
    "首个检查点会在数分钟内生成。",
  ],
  unreadable: ["This is no checkpoint that can be read", "无法识别的检查点"],
  signed: ["Signed by a key of this node", "签名有效（本节点密钥）"],
  unsigned: ["No key of this node signed this", "签名不属于本节点任何密钥"],
  firstLook: ["Remembered from now on", "首次查看，已记录"],
  grew: ["Only grew since {{size}} entries", "自 {{size}} 条以来仅有追加"],
  unchanged: ["The same {{size}} entries as before", "与此前的 {{size}} 条一致"],
  rewritten: [
    "Rewritten: the first {{size}} entries are not what they were",
    "已被改写：前 {{size}} 条与此前不符",
  ],
  otherLog: ["Of another log", "属于其他日志"],
  shorter: ["Shorter than the {{size}} entries that were signed before", "比此前签名的 {{size}} 条更短"],
  beginAnew: ["Remember this one instead", "改为记住此检查点"],
  beginAnewIntro: [
    "What this browser saw before is not the beginning of this log: it was rewritten, or the node was set up anew. Find out which before you go on. The signed note below can be held against one that was kept elsewhere.",
    "此前看到的内容并非本日志的开头：日志可能被改写，或节点已重新部署。请先查明原因。可用留存在别处的检查点与下方签名原文比对。",
  ],
  origin: ["Log", "日志"],
  size: ["Entries", "条目数"],
  root: ["Root", "根哈希"],
  signer: ["Signed by", "签名密钥"],
  note: ["The signed note", "签名原文"],
  keepIt: [
    "Keep it where the node does not reach: whoever has it can prove that nothing before it was changed.",
    "请保存到节点无法触及的地方；持有者可证明此前内容未被改动。",
  ],
  kept: ["A checkpoint that was kept", "比对留存的检查点"],
  keptNote: [
    "From a file, a partner, an auditor: shows whether the log still begins as it did then.",
    "来自文件、合作方或审计人员：验证日志开头是否与当时一致。",
  ],
  keptField: ["Signed note", "签名原文"],
  hold: ["Hold against the log", "比对"],
  whole: ["The whole log", "全量核对"],
  wholeNote: [
    "The node holds every entry against the operations that it names. It reads all of both.",
    "由节点逐条核对条目与其涉及的操作，会读取全部数据。",
  ],
  verify: ["Compare all", "全部核对"],
  allFits: [
    "{{entries}} entries and {{operations}} operations fit",
    "{{entries}} 条条目、{{operations}} 笔操作全部一致",
  ],
  someDiffer: [
    "Some of {{entries}} entries and {{operations}} operations differ",
    "{{entries}} 条条目、{{operations}} 笔操作中存在不一致",
  ],
  outside: [
    "From outside, trusting nothing of the node: pointbridge audit verify.",
    "如需不信任节点的外部验证，请使用 pointbridge audit verify。",
  ],
} as const satisfies Texts;
