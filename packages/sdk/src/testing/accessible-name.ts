const namedElements = [
  'button',
  'a[href]',
  'input:not([type=hidden])',
  'select',
  'textarea',
  'img',
  'iframe',
  '[role=button]',
  '[role=tab]',
  '[role=dialog]',
  '[role=img]',
  '[role=checkbox]',
  '[role=switch]',
  '[role=combobox]',
  '[role=progressbar]',
].join(',');

/** Elements that a screen reader would announce without a name, as HTML. */
export function namelessElements(root: ParentNode): readonly string[] {
  return [...root.querySelectorAll<HTMLElement>(namedElements)]
    .filter((element) => element.closest('[aria-hidden=true]') === null && !isDecorative(element))
    .filter((element) => !hasName(element))
    .map((element) => element.outerHTML.slice(0, 200));
}

function isDecorative(element: HTMLElement): boolean {
  return element.getAttribute('alt') === '' || element.getAttribute('role') === 'presentation';
}

function hasName(element: HTMLElement): boolean {
  const own = ['aria-label', 'alt', 'title', 'placeholder'].map((name) => element.getAttribute(name));
  const labelledBy = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter((id) => id !== '');
  const labels = [
    ...labelledBy.map((id) => element.ownerDocument.getElementById(id)?.textContent),
    'labels' in element
      ? [...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent).join('')
      : '',
    element.textContent,
  ];
  return [...own, ...labels].some((text) => (text ?? '').trim() !== '');
}
