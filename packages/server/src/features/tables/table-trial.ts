import { inputError } from '@fettle/base';
import type { DataTrial, TablesCapability } from '@fettle/sdk/server';
import type { OpenSource } from '../data-sources/open-source.ts';

/** Rows written on trial, in any number of data sources: whoever works through it sees them, and they are undone. */
export interface TableTrial {
  /** Where rows are read: undefined as long as the trial wrote nothing there. */
  reading(source: OpenSource): TablesCapability | undefined;
  /** Where rows are written. Throws `data.trial-unsupported` for systems that cannot undo. */
  writing(source: OpenSource): TablesCapability;
  /** Undoes everything. */
  end(): Promise<void>;
}

/** Begins nothing before the first write. Each data source has `timeoutMs` from then on. */
export function createTableTrial(limits: { readonly signal: AbortSignal; readonly timeoutMs: number }): TableTrial {
  const trials = new Map<OpenSource, DataTrial>();
  return {
    reading: (source) => trials.get(source)?.tables,
    writing(source) {
      let trial = trials.get(source);
      if (trial === undefined) {
        trial = source.session.beginTrial?.(limits);
        if (trial === undefined) throw withoutUndoing(source);
        trials.set(source, trial);
      }
      return trial.tables;
    },
    end: async () => void (await Promise.allSettled([...trials.values()].map((trial) => trial.end()))),
  };
}

const withoutUndoing = ({ manifest }: OpenSource) =>
  inputError({
    code: 'data.trial-unsupported',
    message: `${manifest.title} cannot undo what is written on trial.`,
    hint: 'Run the flow for real on data of development.',
  });
