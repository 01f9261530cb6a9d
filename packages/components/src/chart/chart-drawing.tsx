import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';
import type { Drawing } from './chart-engine.ts';

/** A click on a drawn value. */
export interface DrawingClick {
  readonly dataIndex: number;
  readonly seriesIndex: number;
}

/** Draws options into a box that follows its size. The drawing engine arrives on first use. */
export function ChartDrawing(props: {
  readonly options: EChartsCoreOption;
  readonly height: number;
  readonly onClick?: ((click: DrawingClick) => void) | undefined;
}) {
  const { options, height, onClick } = props;
  const box = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | undefined>(undefined);
  const latest = useRef({ options, onClick });

  useEffect(() => {
    latest.current = { options, onClick };
    drawing.current?.setOption(options, { notMerge: true });
  }, [options, onClick]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    let isMounted = true;
    let isStarting = false;
    const start = async (): Promise<void> => {
      isStarting = true;
      const { startDrawing } = await import('./chart-engine.ts');
      if (!isMounted) return;
      const started = startDrawing(element);
      started.on('click', ({ dataIndex, seriesIndex }) => {
        latest.current.onClick?.({ dataIndex, seriesIndex: seriesIndex ?? 0 });
      });
      started.setOption(latest.current.options);
      drawing.current = started;
    };
    // A box in a hidden tab has no size: the drawing starts when it gets one.
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === 0) return;
      if (drawing.current !== undefined) drawing.current.resize();
      else if (!isStarting) void start();
    });
    observer.observe(element);
    return () => {
      isMounted = false;
      observer.disconnect();
      drawing.current?.dispose();
      drawing.current = undefined;
    };
  }, []);

  return (
    <div
      ref={box}
      aria-hidden
      style={{ height, width: '100%', cursor: onClick === undefined ? 'default' : 'pointer' }}
    />
  );
}
