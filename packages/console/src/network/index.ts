// The pages about systems, partners and links.
export { Fingerprint } from "./fingerprint.tsx";
export { Links } from "./links.tsx";
export { SystemDetail } from "./system-detail.tsx";
export { Systems } from "./systems.tsx";
