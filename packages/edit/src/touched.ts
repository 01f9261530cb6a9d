/** Place of a screen's own facts. */
export const screenPlace = (screen: string, part = ''): string => `/screens/${screen}${part === '' ? '' : `/${part}`}`;

/** Place of a component, or of a part of it. */
export const componentPlace = (screen: string, component: string, part = ''): string =>
  `/screens/${screen}/components/${component}${part === '' ? '' : `/${part}`}`;
