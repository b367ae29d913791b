// What a person has chosen on this browser: language, theme, how times are told. Kept in local storage.
import { useSyncExternalStore } from "react";
import { changeLanguage, type Language, languages } from "../i18n/index.ts";

export const themes = ["system", "light", "dark"] as const;
export const clocks = ["local", "utc", "relative"] as const;
export type Theme = (typeof themes)[number];
export type Clock = (typeof clocks)[number];

export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly clock: Clock;
}

const KEY = "pointbridge.preferences";

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((each) => each === value);
}

function readStored(): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    // Written by something else: begin anew.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function readPreferences(): Preferences {
  const stored = readStored();
  const browser: Language = navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
  return {
    language: oneOf(languages, stored["language"]) ?? browser,
    theme: oneOf(themes, stored["theme"]) ?? "system",
    clock: oneOf(clocks, stored["clock"]) ?? "local",
  };
}

let current = readPreferences();
const listeners = new Set<() => void>();

export function getPreferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(KEY, JSON.stringify(current));
  if (change.language !== undefined) void changeLanguage(change.language);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, getPreferences);
}
