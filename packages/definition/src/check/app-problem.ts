import type { Place } from '../references/reference.ts';

/** Something in an app that a builder should look at. An error keeps it from working; a warning does not. */
export interface AppProblem extends Place {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  /** The next step. */
  readonly hint: string;
}
