import * as sdk from '@fettle/sdk';
import * as sdkReact from '@fettle/sdk/react';
import * as react from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactDom from 'react-dom';

/** The modules that components of plugins are built without: they use those of the page, or of their frame. */
const sharedModules = {
  react,
  'react/jsx-runtime': jsxRuntime,
  'react-dom': reactDom,
  '@fettle/sdk': sdk,
  '@fettle/sdk/react': sdkReact,
} as const;

/** Puts the shared modules where the code of plugins looks for them. */
export function shareModules(): void {
  (globalThis as { FettleShared?: typeof sharedModules }).FettleShared ??= sharedModules;
}
