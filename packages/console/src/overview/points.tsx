// Points of several credit types, one below the other.
import type { ReactNode } from "react";
import { useFormats } from "../parts/index.ts";
import type { PointsByType } from "./figures.ts";

interface PointsProps {
  readonly points: PointsByType;
  /** With a plus in front of what came in. */
  readonly isNet?: boolean;
}

export function Points({ points, isNet = false }: PointsProps): ReactNode {
  const { points: format } = useFormats();
  if (points.size === 0) return <span className="faint">–</span>;
  return [...points].map(([type, amount]) => (
    <div key={type} className="number">
      {isNet && amount > 0n ? "+" : ""}
      {format(amount)} <span className="unit">{type}</span>
    </div>
  ));
}
