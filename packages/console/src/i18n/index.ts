// What the console says, in English and Chinese.
export { type Language, languages } from "./define-texts.ts";
export {
  changeLanguage,
  startTranslation,
  type TextKey,
  type Translate,
  useTexts,
} from "./translation.ts";
