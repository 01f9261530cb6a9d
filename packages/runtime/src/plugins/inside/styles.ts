/** What holds in a frame before the component's own styles: as in the page. */
export const insideStyles = `
*, *::before, *::after { box-sizing: border-box; border-color: var(--fettle-border); }
html, body { margin: 0; background: transparent; overflow: hidden; }
button, input, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
.fettle-inside { display: flow-root; }
:where(a, button, summary, [role='button'], [role='tab'], [role='menuitem'], [tabindex='0']):focus-visible {
  outline: 2px solid var(--fettle-focus);
  outline-offset: 2px;
}
table, time, [data-numeric] { font-variant-numeric: tabular-nums; }
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation-duration: 0.01ms !important; transition-duration: 0.01ms !important; }
}
`;
