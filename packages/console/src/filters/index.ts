// Filters that several lists have.
export { PeriodFilter, TextFilter } from "./filters.tsx";
