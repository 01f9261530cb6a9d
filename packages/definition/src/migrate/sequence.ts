import type { JsonObject } from '@fettle/base';

/** Turns a document of one version into the next. Pure, JSON to JSON, never edited after a release. */
export type Migration = (document: JsonObject) => JsonObject;

/** The versions of one kind of document. `migrations[n - 1]` leads from version n to n + 1. */
export interface MigrationSequence {
  readonly current: number;
  readonly migrations: readonly Migration[];
}

/** Brings a document from a version to the current one. */
export function migrate(sequence: MigrationSequence, document: JsonObject, from: number): JsonObject {
  return sequence.migrations.slice(from - 1).reduce((migrated, step) => step(migrated), document);
}
