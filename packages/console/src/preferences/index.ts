// What a person has chosen on this browser.
export {
  type Clock,
  clocks,
  getPreferences,
  setPreferences,
  type Theme,
  themes,
  usePreferences,
} from "./store.ts";
