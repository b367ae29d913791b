// The page about rates.
export { Rates } from "./rates.tsx";
