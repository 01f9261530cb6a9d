export { ComponentHostProvider, useHost } from './react/host.ts';
export type {
  ComponentHost,
  DataHost,
  Deferred,
  RowsOptions,
  RowsState,
  StartedFlow,
  StoredFile,
  TablePlace,
} from './react/host.ts';
export { FormHostProvider, useForm } from './react/form.ts';
export type { FieldRules, FieldState, FormHost } from './react/form.ts';
export { implementComponent, implementEventAction } from './react/implement.ts';
export type { ComponentExtension, ComponentProps, EventActionExtension, EventActionHost } from './react/implement.ts';
export { themeTokens } from './react/theme-tokens.ts';
