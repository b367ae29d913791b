// The page about webhooks.
export { Webhooks } from "./page.tsx";
