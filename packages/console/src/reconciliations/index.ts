// The pages about reconciliation.
export { ReconciliationDetail } from "./detail.tsx";
export { ReconciliationList } from "./list.tsx";
