import type { Page } from 'playwright-core';

/** What is wider than the page: the page itself, and things cut off at its right edge that nothing scrolls to. */
export function sticksOut(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const scrolls = (element: Element): boolean => {
      const parent = element.parentElement;
      if (parent === null || parent === document.body) return false;
      return ['auto', 'scroll'].includes(getComputedStyle(parent).overflowX) || scrolls(parent);
    };
    /** Shown to screen readers only: clipped to a point. */
    const isClipped = (element: Element | null): boolean => {
      if (element === null || element === document.body) return false;
      const { width, height } = element.getBoundingClientRect();
      return (
        (width <= 1 && height <= 1) || getComputedStyle(element).clipPath !== 'none' || isClipped(element.parentElement)
      );
    };
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      const { right, width, height } = element.getBoundingClientRect();
      return (
        right > clientWidth + 1 &&
        width > 0 &&
        height > 0 &&
        element.checkVisibility() &&
        element.closest('svg') === null &&
        !scrolls(element) &&
        !isClipped(element)
      );
    });
    const outermost = wide.filter((element) => !wide.includes(element.parentElement ?? document.body));
    const name = (element: Element): string =>
      `${element.localName} "${(element.textContent ?? '').trim().slice(0, 30)}"`;
    return [
      ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : []),
      ...outermost.map(name),
    ];
  });
}
