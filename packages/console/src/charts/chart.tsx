// A chart on a page: its place is kept while what draws it is loaded.
import { lazy, type ReactNode, Suspense } from "react";
import type { ChartDrawing } from "./drawing.ts";

const EchartsCanvas = lazy(() => import("./echarts-canvas.tsx"));

interface ChartProps {
  readonly drawing: ChartDrawing;
  /** What it shows, for those who don't see it. */
  readonly label: string;
  readonly isSmall?: boolean;
}

export function Chart({ drawing, label, isSmall = false }: ChartProps): ReactNode {
  return (
    <div className={isSmall ? "chart chart-small" : "chart"} role="img" aria-label={label}>
      <Suspense fallback={null}>
        <EchartsCanvas drawing={drawing} />
      </Suspense>
    </div>
  );
}
