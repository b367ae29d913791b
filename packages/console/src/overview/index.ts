// The overview.
export { Overview } from "./overview.tsx";
