import type { RE2JS } from 're2js';
import type { Run } from '../evaluate/run.ts';

/** The engine's entry points. */
export type PatternEngine = typeof RE2JS;

let engine: PatternEngine | undefined;

/**
 * Loads the engine of the pattern functions (`matches`, `extract` …). It is large and few apps use it, so browsers load
 * it only for those that do: see {@link needsPatternEngine}. On a server it is there from the start.
 */
export async function loadPatternEngine(): Promise<void> {
  engine ??= (await import('re2js')).RE2JS;
}

if (typeof window === 'undefined') await loadPatternEngine();

/** The engine, or a clear error while it is not there. */
export function patternEngine(run: Run): PatternEngine {
  if (engine !== undefined) return engine;
  // Asking is enough to have it next time.
  void loadPatternEngine();
  throw run.error('expression.engine-loading', 'The pattern functions are still loading.');
}
