// The catalogues put together, and how components read them. A key that no catalogue has is a type error.
import i18next from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { type Language, languages, pickLanguage } from "./define-texts.ts";
import { catalogues } from "./texts/index.ts";

type Catalogues = typeof catalogues;

/** `AREA.NAME`. */
export type TextKey = {
  [A in keyof Catalogues]: `${A & string}.${keyof Catalogues[A] & string}`;
}[keyof Catalogues];

export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: TextKey, values?: Values) => string;

export function startTranslation(language: Language): void {
  const resources = Object.fromEntries(
    languages.map((each) => [
      each,
      Object.fromEntries(
        Object.entries(catalogues).map(([area, texts]) => [area, pickLanguage(texts, each)]),
      ),
    ]),
  );
  void i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: false,
    ns: Object.keys(catalogues),
    nsSeparator: ".",
    keySeparator: false,
    // React escapes by itself.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
}

export interface Translation {
  readonly t: Translate;
  readonly language: Language;
  /** Of a word that comes from the node, such as an error's code: its text, or undefined where there is none. */
  readonly find: (area: keyof Catalogues, name: string) => string | undefined;
}

export function useTexts(): Translation {
  const { i18n } = useTranslation();
  const language = languages.find((each) => each === i18n.language) ?? "en";
  const t = useCallback<Translate>(
    (key, values) => i18n.getFixedT(language)(key, values ?? {}),
    [i18n, language],
  );
  const find = useCallback(
    (area: keyof Catalogues, name: string) => {
      if (!Object.hasOwn(catalogues[area], name)) return undefined;
      return i18n.getFixedT(language)(`${area}.${name}`);
    },
    [i18n, language],
  );
  return { t, language, find };
}
