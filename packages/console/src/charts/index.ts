// Charts, drawn on demand.
export { Chart } from "./chart.tsx";
export type { ChartBar, ChartDrawing, ChartLine } from "./drawing.ts";
