// Draws with ECharts, on a canvas: its pictures need no style that the page's policy forbids. Loaded on demand.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { type ReactNode, useEffect, useRef } from "react";
import { type Palette, useLook } from "../theme/index.ts";
import type { ChartBar, ChartDrawing, ChartLine } from "./drawing.ts";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

function axesOf(palette: Palette) {
  const label = { color: palette.inkFaint, fontSize: 11 };
  return {
    label,
    time: {
      type: "time",
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { ...label, hideOverlap: true },
      splitLine: { show: false },
    },
    value: {
      type: "value",
      axisLabel: label,
      splitLine: { lineStyle: { color: palette.line } },
      splitNumber: 3,
    },
  };
}

function tooltipOf(palette: Palette, trigger: "axis" | "item") {
  return {
    trigger,
    // Its text is drawn too: markup with styles would be refused by the page's policy.
    renderMode: "richText",
    backgroundColor: palette.raised,
    borderColor: palette.line,
    textStyle: { color: palette.ink, fontSize: 12 },
    axisPointer: { type: trigger === "axis" ? "line" : "none", lineStyle: { color: palette.lineStrong } },
  };
}

function legendOf(palette: Palette, lines: readonly ChartLine[]) {
  if (lines.length < 2) return {};
  return {
    legend: {
      bottom: 0,
      icon: "roundRect",
      itemWidth: 10,
      itemHeight: 10,
      type: "scroll",
      textStyle: { color: palette.inkSoft, fontSize: 11 },
    },
  };
}

function lineOption(lines: readonly ChartLine[], palette: Palette, isStack: boolean): EChartsCoreOption {
  const axes = axesOf(palette);
  const hasLegend = lines.length > 1;
  return {
    color: [...palette.series],
    grid: { left: 8, right: 16, top: 16, bottom: hasLegend ? 32 : 8, containLabel: true },
    tooltip: tooltipOf(palette, "axis"),
    ...legendOf(palette, lines),
    xAxis: axes.time,
    yAxis: { ...axes.value, scale: !isStack, ...(isStack ? { minInterval: 1 } : {}) },
    series: lines.map(({ name, points }) => ({
      name,
      data: points.map(([at, value]) => [at, value]),
      ...(isStack
        ? { type: "bar", stack: "all", barMaxWidth: 18 }
        : {
            type: "line",
            step: "end",
            symbol: points.length > 40 ? "none" : "circle",
            symbolSize: 5,
            lineStyle: { width: 2 },
          }),
    })),
  };
}

function barOption(bars: readonly ChartBar[], palette: Palette): EChartsCoreOption {
  const axes = axesOf(palette);
  const names = bars.map(({ name }) => name).reverse();
  return {
    grid: { left: 8, right: 40, top: 4, bottom: 4, containLabel: true },
    tooltip: tooltipOf(palette, "item"),
    xAxis: { type: "value", show: false, minInterval: 1 },
    yAxis: {
      type: "category",
      data: names,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...axes.label, color: palette.inkSoft, fontSize: 12 },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 16,
        label: { show: true, position: "right", color: palette.inkSoft },
        data: bars
          .map(({ value, tone }) => ({
            value,
            itemStyle: { color: tone === undefined ? palette.series[0] : palette[tone], borderRadius: 3 },
          }))
          .reverse(),
      },
    ],
  };
}

function optionOf(drawing: ChartDrawing, palette: Palette): EChartsCoreOption {
  if (drawing.kind === "bars") return barOption(drawing.bars, palette);
  return lineOption(drawing.lines, palette, drawing.kind === "stack");
}

export default function EchartsCanvas({ drawing }: { readonly drawing: ChartDrawing }): ReactNode {
  const { palette } = useLook();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init> | undefined>(undefined);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const made = init(element, null, { renderer: "canvas" });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
        ...optionOf(drawing, palette),
      },
      { notMerge: true },
    );
  }, [drawing, palette]);
  return <div ref={place} className="chart-canvas" />;
}
