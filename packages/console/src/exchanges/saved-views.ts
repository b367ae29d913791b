// Filters that a person has given a name, kept on this browser.
import { useState } from "react";
import type { ExchangeSearch } from "./filter.ts";

export interface SavedView {
  readonly name: string;
  readonly search: ExchangeSearch;
}

const KEY = "pointbridge.exchange-views";

function readViews(): SavedView[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(value) ? (value as SavedView[]) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

export interface SavedViews {
  readonly views: readonly SavedView[];
  readonly save: (view: SavedView) => void;
  readonly remove: (name: string) => void;
}

export function useSavedViews(): SavedViews {
  const [views, setViews] = useState(readViews);
  const store = (next: SavedView[]) => {
    localStorage.setItem(KEY, JSON.stringify(next));
    setViews(next);
  };
  return {
    views,
    save: (view) => store([...views.filter(({ name }) => name !== view.name), view]),
    remove: (name) => store(views.filter((view) => view.name !== name)),
  };
}
