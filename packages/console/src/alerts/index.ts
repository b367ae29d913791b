// The page about alerts.
export { Alerts } from "./page.tsx";
