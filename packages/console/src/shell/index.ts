// The frame around every page.
export { BrokenPage, NoSuchPage } from "./fallbacks.tsx";
export { sessionKey } from "./gate.tsx";
export { Layout } from "./layout.tsx";
