// Texts stand side by side in both languages, so that none can lack one.

/** English, then 中文 (zh-CN). Values are inserted as `{{name}}`. */
export type Text = readonly [english: string, chinese: string];
export type Texts = Readonly<Record<string, Text>>;

export const languages = ["en", "zh-CN"] as const;
export type Language = (typeof languages)[number];

/** One language of some texts, as i18next takes it. */
export function pickLanguage(texts: Texts, language: Language): Record<string, string> {
  const index = languages.indexOf(language);
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text[index] ?? ""]));
}
