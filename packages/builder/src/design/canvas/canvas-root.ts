/** The element the screen is rendered in; null while there is no canvas. There is one canvas on a page. */
export const canvasRoot: { current: HTMLElement | null } = { current: null };
