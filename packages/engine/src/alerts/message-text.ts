// What a message says, in words: English or Chinese, in as many lines as a place takes.
//
// N3  What is said of an alert is ids, times and counts: nothing that a member or a partner has written reaches a
//     group of people through an alert.
import { type AlertSeverity, type AlertType, alertTypes, runbookOf } from "./alert-types.ts";
import type { AlertLanguage } from "./channel.ts";
import type { AlertGroup, AlertMessage, AlertNews, News } from "./message.ts";

export interface Paragraph {
  readonly severity: AlertSeverity;
  /** Over, so that it is not shown as alarming. */
  readonly isOver: boolean;
  readonly heading: string;
  readonly lines: readonly string[];
  /** How many more there are and where to find them; where to read what to do. */
  readonly footer: readonly string[];
}

export interface MessageText {
  /** One line; holds the word Pointbridge, so that a robot can be set to ask for it. */
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
  readonly closing: readonly string[];
}

interface Words {
  readonly severities: Readonly<Record<AlertSeverity, string>>;
  readonly news: Readonly<Record<News, string>>;
  readonly test: string;
  readonly testLine: string;
  title(total: number, kinds: number): string;
  since(time: string): string;
  over(time: string): string;
  seen(count: bigint): string;
  more(count: number, type: string): string;
  all(type: string): string;
  runbook(page: string): string;
  source(url: string): string;
}

const words: Readonly<Record<AlertLanguage, Words>> = {
  en: {
    severities: { info: "info", warning: "warning", critical: "critical" },
    news: { raised: "", cleared: "over: ", passed: "came and passed: " },
    test: "test message",
    testLine: "This channel works. Nothing has happened.",
    title: (total, kinds) => `${total} alerts of ${kinds} kinds`,
    since: (time) => `since ${time}`,
    over: (time) => `over at ${time}`,
    seen: (count) => `seen ${count} times`,
    more: (count, type) => `and ${count} more: pointbridge alert list --type ${type}`,
    all: (type) => `pointbridge alert list --type ${type}`,
    runbook: (page) => `What to do: ${page}`,
    source: (url) => `Node: ${url}`,
  },
  zh: {
    severities: { info: "提示", warning: "警告", critical: "严重" },
    news: { raised: "", cleared: "已恢复：", passed: "出现后已恢复：" },
    test: "测试消息",
    testLine: "此通道可用，没有发生任何问题。",
    title: (total, kinds) => `${total} 条告警，共 ${kinds} 类`,
    since: (time) => `自 ${time}`,
    over: (time) => `恢复于 ${time}`,
    seen: (count) => `出现 ${count} 次`,
    more: (count, type) => `另有 ${count} 条：pointbridge alert list --type ${type}`,
    all: (type) => `pointbridge alert list --type ${type}`,
    runbook: (page) => `处理方法：${page}`,
    source: (url) => `节点：${url}`,
  },
};

function titleOf(type: AlertType, language: AlertLanguage): string {
  // A type of a newer node that shares the database.
  return (
    (alertTypes as Readonly<Record<string, { title: Record<AlertLanguage, string> }>>)[type]?.title[
      language
    ] ?? type
  );
}

/** One line, printable, and not longer than a message can bear (N3). */
function toPlain(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, " ").slice(0, 200);
}

function lineOf(item: AlertNews, news: News, language: AlertLanguage): string {
  const word = words[language];
  const ids = Object.entries(item.subject).map(([name, id]) => `${toPlain(name)} ${toPlain(String(id))}`);
  const parts = [
    ...(ids.length === 0 ? [toPlain(item.key)] : ids),
    word.since(item.firstSeenAt.toISOString()),
  ];
  if (item.count > 1n) parts.push(word.seen(item.count));
  if (news !== "raised" && item.clearedAt !== null) parts.push(word.over(item.clearedAt.toISOString()));
  return parts.join(" · ");
}

function headingOf(group: AlertGroup, language: AlertLanguage): string {
  const word = words[language];
  const count = group.total > 1 ? ` × ${group.total}` : "";
  const title = titleOf(group.type, language);
  return `[${word.severities[group.severity]}] ${word.news[group.news]}${title}${count}`;
}

function toParagraph(group: AlertGroup, language: AlertLanguage, linesMax: number): Paragraph {
  const word = words[language];
  const shown = group.items.slice(0, linesMax);
  const rest = group.total - shown.length;
  const where = shown.length === 0 ? word.all(group.type) : word.more(rest, group.type);
  return {
    severity: group.severity,
    isOver: group.news !== "raised",
    heading: headingOf(group, language),
    lines: shown.map((item) => lineOf(item, group.news, language)),
    footer: [...(rest > 0 ? [where] : []), word.runbook(runbookOf(group.type))],
  };
}

function titleOfMessage(message: AlertMessage, language: AlertLanguage): string {
  const word = words[language];
  const [only, ...others] = message.groups;
  if (message.isTest) return `Pointbridge: ${word.test}`;
  const isOne = only !== undefined && others.length === 0;
  return `Pointbridge: ${isOne ? headingOf(only, language) : word.title(message.total, message.groups.length)}`;
}

/** @param linesMax alerts that a group names at most */
export function toText(message: AlertMessage, language: AlertLanguage, linesMax: number): MessageText {
  const word = words[language];
  const source = message.source === undefined ? [] : [word.source(message.source)];
  return {
    title: titleOfMessage(message, language),
    paragraphs: message.groups.map((group) => toParagraph(group, language, linesMax)),
    closing: message.isTest ? [word.testLine, ...source] : source,
  };
}

/**
 * The fullest rendering that a place takes: fewer alerts are named until it fits.
 * @param render one text as the place has it
 * @param bytesMax what the place takes
 */
export function fitText(
  message: AlertMessage,
  language: AlertLanguage,
  bytesMax: number,
  render: (text: MessageText) => string,
): string {
  let rendered = "";
  for (let linesMax = 5; linesMax >= 0; linesMax -= 1) {
    rendered = render(toText(message, language, linesMax));
    if (Buffer.byteLength(rendered) <= bytesMax) return rendered;
  }
  // Only with more kinds of alerts than there are. Cut between characters.
  return Buffer.from(rendered)
    .subarray(0, bytesMax)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
}

export function toPlainText({ title, paragraphs, closing }: MessageText): string {
  const blocks = paragraphs.map(({ heading, lines, footer }) =>
    [heading, ...lines.map((line) => `  ${line}`), ...footer.map((line) => `  ${line}`)].join("\n"),
  );
  return [title, ...blocks, closing.join("\n")].filter((block) => block !== "").join("\n\n");
}

// An underscore inside of a word is no mark, and ids are full of them.
const markdownMarks = /[*~`<>[\]\\#@|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** Text that no markdown dialect of the robots makes anything else of, mentions among it. */
export function toInert(text: string): string {
  return text.replaceAll(markdownMarks, (mark) => (mark === "@" ? "＠" : " "));
}
