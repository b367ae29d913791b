// Limits: their page, and what one member has used of them.
export { Limits } from "./page.tsx";
export { UsedLimits } from "./used-limits.tsx";
