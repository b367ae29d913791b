// The colours, light and dark: ink on warm paper, one green for what can be done, amber for what needs a person,
// brick for what failed. Every pair of text and ground has a contrast of at least 4.5.

export interface Palette {
  readonly ground: string;
  readonly surface: string;
  readonly raised: string;
  readonly sunken: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly inkFaint: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly onAccent: string;
  readonly good: string;
  readonly goodSoft: string;
  readonly warn: string;
  readonly warnSoft: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly calm: string;
  readonly calmSoft: string;
  /** For series in charts, told apart by people who don't see red and green apart. */
  readonly series: readonly string[];
}

export const light: Palette = {
  ground: "#f5f3ee",
  surface: "#fffefb",
  raised: "#ffffff",
  sunken: "#efece4",
  line: "#e3ded2",
  lineStrong: "#c9c2b2",
  ink: "#1d211f",
  inkSoft: "#4d534f",
  inkFaint: "#676c66",
  accent: "#0e5f55",
  accentSoft: "#dfece7",
  onAccent: "#ffffff",
  good: "#1e6b3c",
  goodSoft: "#e1efe3",
  warn: "#8a5300",
  warnSoft: "#faeccb",
  bad: "#a02c22",
  badSoft: "#f9e2dd",
  calm: "#38577e",
  calmSoft: "#e2e9f2",
  series: ["#0e5f55", "#c98a1b", "#38577e", "#a4502f", "#6d5a8e", "#7d8a3a"],
};

export const dark: Palette = {
  ground: "#101312",
  surface: "#171b19",
  raised: "#1e2321",
  sunken: "#0c0f0e",
  line: "#2a302d",
  lineStrong: "#434b47",
  ink: "#e9ebe5",
  inkSoft: "#b9bfb8",
  inkFaint: "#979e97",
  accent: "#5cc4b0",
  accentSoft: "#17352f",
  onAccent: "#06231e",
  good: "#79c98f",
  goodSoft: "#17301f",
  warn: "#e8b95a",
  warnSoft: "#362a10",
  bad: "#f0968a",
  badSoft: "#3d1c18",
  calm: "#93b4de",
  calmSoft: "#1b2838",
  series: ["#5cc4b0", "#e8b95a", "#93b4de", "#e58f6c", "#b7a2dc", "#b9c66b"],
};

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Makes the colours known to the style sheet. Through the object model, which the page's policy allows. */
export function applyPalette(palette: Palette, scheme: "light" | "dark"): void {
  const { style } = document.documentElement;
  style.colorScheme = scheme;
  for (const [name, value] of Object.entries(palette)) {
    if (typeof value === "string") style.setProperty(`--${kebab(name)}`, value);
  }
}
