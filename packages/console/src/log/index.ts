// The operation log.
export { OperationLog } from "./log.tsx";
