import type { App } from '../app.ts';
import type { CompiledApp } from '../compiled.ts';
import { compileScreen } from './compile-screen.ts';

/** An app with every screen compiled. What did not change since the last time costs nothing. */
export function compileApp(app: App): CompiledApp {
  return {
    source: app,
    screens: Object.fromEntries(Object.entries(app.screens).map(([id, screen]) => [id, compileScreen(screen)])),
  };
}
