// Texts of the page about inconsistencies.
import type { Texts } from "../define-texts.ts";

export const inconsistencies = {
  title: ["Inconsistencies", "不一致"],
  intro: [
    "What a person has to look at, because the node must not decide it by itself.",
    "需要人工判断、节点不能自行决定的事项。",
  ],
  id: ["What", "编号"],
  type: ["Kind", "类型"],
  status: ["Status", "状态"],
  route: ["Between", "涉及系统"],
  opened: ["Since", "发现时间"],
  age: ["Age", "已存在"],
  resolvedBy: ["Settled by", "处理人"],
  resolved: ["Settled", "处理时间"],
  resolution: ["How it was settled", "处理结果"],
  note: ["Note", "备注"],
  data: ["What was found", "发现内容"],
  open: ["Open", "未处理"],
  all: ["All", "全部"],
  emptyOpen: ["Nothing needs a person", "没有需要人工处理的事项"],
  emptyOpenHint: [
    "Every exchange has ended as it should, or is being finished by the node itself.",
    "所有兑换均已正常结束，或正由节点自行处理。",
  ],
  empty: ["Nothing here", "暂无内容"],
  exchange: ["The exchange", "相关兑换"],
  resolve: ["Settle", "处理"],
  resolveTitle: ["Say how this was settled", "填写处理结果"],
  resolveIntro: [
    "This moves no points. It records what was done about it, and by whom.",
    "此操作不移动积分，仅记录处理方式及处理人。",
  ],
  resolutionHint: [
    "In a few words, such as “partner credited by hand”.",
    "简要说明，例如“合作方已手工入账”。",
  ],
  done: ["Settled", "已处理"],
  underWay: ["Its exchange still needs attention: end that first.", "相关兑换仍需处理，请先结束兑换。"],
  kindexchange_needs_attention: ["An exchange needs a person", "兑换需人工处理"],
  kindverdict_contradicted: ["A partner contradicts itself", "合作方应答前后矛盾"],
} as const satisfies Texts;
