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
export { StateNote } from './react/state-note.tsx';
export type { StateNoteProps } from './react/state-note.tsx';
export { useAllRows } from './react/use-all-rows.ts';
export type { AllRows, AllRowsOptions } from './react/use-all-rows.ts';
export { implementComponent, implementEventAction } from './react/implement.ts';
export type { ComponentExtension, ComponentProps, EventActionExtension, EventActionHost } from './react/implement.ts';
export { themeTokens } from './react/theme-tokens.ts';
