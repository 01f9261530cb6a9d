import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendScrollComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

// Only the parts that our charts use. This module is loaded when the first chart is drawn, never before.
use([BarChart, LineChart, PieChart, GridComponent, LegendScrollComponent, TooltipComponent, LabelLayout, SVGRenderer]);

/** Starts a drawing in an element that has a size. */
export function startDrawing(element: HTMLElement) {
  return init(element, undefined, { renderer: 'svg' });
}

/** A running drawing. */
export type Drawing = ReturnType<typeof startDrawing>;
