// The page that reads and verifies receipts.
export { Receipts } from "./page.tsx";
