// The audit log: who did what, in a tree that nobody can change unseen.
export {
  type AuditCheckpoint,
  type AuditEntry,
  AuditLog,
  type AuditSettings,
  defaultAuditSettings,
} from "./audit-log.ts";
export { Auditor, type AuditorSettings, defaultAuditorSettings } from "./auditor.ts";
export { type AuditReport, verifyAudit } from "./verify-audit.ts";
