// The pages about keys.
export { ApiKeys } from "./api-keys.tsx";
export { SigningKeys } from "./signing-keys.tsx";
