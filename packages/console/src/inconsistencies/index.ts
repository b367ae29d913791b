// The page about inconsistencies.
export { Inconsistencies } from "./page.tsx";
