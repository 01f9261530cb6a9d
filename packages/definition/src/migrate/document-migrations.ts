import { accessVersion } from '../kinds/access.ts';
import { appVersion } from '../kinds/app.ts';
import { flowVersion } from '../kinds/flow.ts';
import { flowTestVersion } from '../kinds/flow-test.ts';
import { queryVersion } from '../kinds/query.ts';
import { screenVersion } from '../kinds/screen.ts';
import { themeVersion } from '../kinds/theme.ts';
import { flow1 } from './flow-1.ts';
import type { MigrationSequence } from './sequence.ts';

/** The kinds of documents an app consists of. */
export const documentKinds = ['app', 'screen', 'query', 'flow', 'flow-test', 'access', 'theme'] as const;

/** Kinds that came later: apps of before name no version of them, and have none. */
export const laterKinds: ReadonlySet<DocumentKind> = new Set<DocumentKind>(['flow-test']);

/** One of {@link documentKinds}. */
export type DocumentKind = (typeof documentKinds)[number];

/**
 * The migrations of each kind, one function per step in a file `<kind>-<n>.ts` beside this one. A kind's version is
 * one more than the number of its migrations; a test fails for any migration without an example.
 */
export const documentMigrations: Readonly<Record<DocumentKind, MigrationSequence>> = {
  app: { current: appVersion, migrations: [] },
  screen: { current: screenVersion, migrations: [] },
  query: { current: queryVersion, migrations: [] },
  flow: { current: flowVersion, migrations: [flow1] },
  'flow-test': { current: flowTestVersion, migrations: [] },
  access: { current: accessVersion, migrations: [] },
  theme: { current: themeVersion, migrations: [] },
};
