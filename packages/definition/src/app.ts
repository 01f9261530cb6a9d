import type { LibraryDefinitions } from '@fettle/expression';
import type { AppAccess } from './kinds/access.ts';
import type { AppDocument } from './kinds/app.ts';
import type { Flow } from './kinds/flow.ts';
import type { FlowTest } from './kinds/flow-test.ts';
import type { Query } from './kinds/query.ts';
import type { Screen } from './kinds/screen.ts';
import type { Theme } from './kinds/theme.ts';

/** An app definition in memory: validated, current versions. Only `loadApp` makes one from JSON. */
export interface App {
  readonly app: AppDocument;
  readonly screens: Readonly<Record<string, Screen>>;
  readonly queries: Readonly<Record<string, Query>>;
  readonly flows: Readonly<Record<string, Flow>>;
  readonly flowTests: Readonly<Record<string, FlowTest>>;
  readonly access: AppAccess;
  readonly theme: Theme;
  /**
   * Versions of the settings of extension types, when above 1: `component:<type>` and `event-action:<type>`. Kept
   * for types that are not installed, so that their settings can be brought up to date once they are.
   */
  readonly extensions?: Readonly<Record<string, number>>;
  /**
   * Functions of plugins that its expressions call. No part of the definition: drafts take those that are installed,
   * releases those that were when they were made. See `withFunctions`.
   */
  readonly functions?: LibraryDefinitions;
}
