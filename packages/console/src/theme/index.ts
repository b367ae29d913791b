// How the console looks.
export type { Palette } from "./palette.ts";
export { ThemeProvider, useLook } from "./provider.tsx";
export { markStyles } from "./style-nonce.ts";
