// The pages about exchanges.
export { ExchangeDetail } from "./detail.tsx";
export { ExchangeList } from "./list.tsx";
