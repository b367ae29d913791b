// The audit log's page.
export { Audit } from "./page.tsx";
