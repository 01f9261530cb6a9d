import type { ComponentLayout } from '@fettle/definition';

/** The widths of the screen that columns are given for. */
export type WidthName = 'base' | 'md' | 'lg';

/** The layout with a column count (or first column) for one width; `undefined` takes it away. */
export function setPerWidth(
  layout: ComponentLayout,
  of: 'span' | 'start',
  width: WidthName,
  value: number | undefined,
): ComponentLayout {
  const { [width]: _old, ...others } = layout[of] ?? {};
  return { ...layout, [of]: value === undefined ? others : { ...others, [width]: value } };
}

/** The layout with a device hidden or shown. */
export function withHidden(
  layout: ComponentLayout,
  device: 'phone' | 'tablet' | 'desktop',
  isHidden: boolean,
): ComponentLayout {
  const others = (layout.hideOn ?? []).filter((other) => other !== device);
  return { ...layout, hideOn: isHidden ? [...others, device] : others };
}

/** The layout without members that say nothing; undefined when nothing is left. */
export function withoutEmpty(layout: ComponentLayout): ComponentLayout | undefined {
  const entries = Object.entries(layout).filter(([, value]) => !isEmpty(value));
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as ComponentLayout);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined) return true;
  return Array.isArray(value)
    ? value.length === 0
    : typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
