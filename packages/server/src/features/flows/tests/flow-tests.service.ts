import type { Grant } from '@fettle/access';
import { createShortId, inputError, notFound, uniqueName, type Json } from '@fettle/base';
import type { FlowTestOutcome } from '@fettle/contract';
import type { App, FlowTest } from '@fettle/definition';
import {
  makeFlowTest,
  runFlowTest,
  type FlowTestHost,
  type FlowTestResult,
  type JournalEntry,
  type MadeFlowTest,
  type RunError,
} from '@fettle/flow';
import type { Database } from '../../../database/database.ts';
import { appIdOf, workspaceIdOf } from '../../../grants.ts';
import type { Drafts } from '../../drafts/drafts.service.ts';
import type { FlowVersions } from '../flow-versions.ts';
import { pageOfEntries, sizesOf, withLarge } from '../journal.store.ts';
import { findRun, type RunRow } from '../runs.store.ts';

/** Which tests of a draft are run; all that are not disabled when nothing is said. */
export interface WantedTests {
  readonly flow?: string;
  readonly tests?: readonly string[];
  readonly hasJournals?: boolean;
}

/** Runs tests of flows, and makes them of runs. */
export class FlowTests {
  readonly #options: FlowTestsOptions;

  constructor(options: FlowTestsOptions) {
    this.#options = options;
  }

  /** Runs tests of the draft as it is now. */
  async run(
    grant: Grant,
    wanted: WantedTests,
  ): Promise<{
    readonly revision: number;
    readonly passed: number;
    readonly failed: number;
    readonly results: FlowTestOutcome[];
  }> {
    const { draft } = await this.#options.drafts.read(appIdOf(grant));
    const results = await this.runOf(draft.app, wanted, workspaceIdOf(grant));
    const passed = results.filter(({ hasPassed }) => hasPassed).length;
    return {
      revision: draft.revision,
      passed,
      failed: results.length - passed,
      results: results.map((result) => outcomeOf(result, wanted.hasJournals === true)),
    };
  }

  /** Runs tests of an app one after the other, in the order of their names. */
  async runOf(app: App, wanted: WantedTests, workspaceId: string): Promise<readonly FlowTestResult[]> {
    const host = this.#options.hostOf(workspaceId);
    const tests = testsOf(app, wanted);
    const begun = host.timer.now();
    const results: FlowTestResult[] = [];
    for (const test of tests) {
      const isLate = host.timer.now() - begun > allTestsMs;
      results.push(isLate ? notRun(test) : await runFlowTest(test, app.flows, host));
    }
    return results;
  }

  /** Makes a test of a run, on the flow as it was then. */
  async make(grant: Grant, runId: string): Promise<MadeFlowTest> {
    const { database, drafts, versions } = this.#options;
    const host = this.#options.hostOf(workspaceIdOf(grant));
    const appId = appIdOf(grant);
    const row = await findRun(database.knex, runId);
    if (row === undefined || row.app_id !== appId) throw unknownRun();
    const { draft } = await drafts.read(appId);
    if (draft.app.flows[row.flow_id] === undefined) throw goneFlow();
    if (row.state !== 'succeeded' && row.state !== 'failed' && row.state !== 'waiting') throw notOver(row);
    const { flow } = await versions.find(appId, row.version, row.flow_id);
    const { entries, notes } = await readJournal(database, row.id);
    const made = await makeFlowTest(
      {
        state: row.state,
        trigger: JSON.parse(row.trigger) as Json,
        user: row.user === null ? null : (JSON.parse(row.user) as FlowTest['user'] & object),
        environment: row.environment,
        createdAt: row.created_at,
        entries,
        ...(row.error === null ? {} : { error: JSON.parse(row.error) as RunError }),
      },
      flow,
      { id: createShortId('tst'), name: nameOf(draft.app, flow.name, row.state), host },
    );
    return { ...made, notes: [...notes, ...made.notes] };
  }
}

/** What the service needs. */
export interface FlowTestsOptions {
  readonly database: Database;
  readonly drafts: Pick<Drafts, 'read'>;
  readonly versions: FlowVersions;
  /** What tests of a workspace's apps run on. */
  readonly hostOf: (workspaceId: string) => FlowTestHost;
}

/** All tests of an app together take no longer than this and the last of them. */
const allTestsMs = 60_000;
const mostEntries = 2_000;
const sentEntries = 500;
/** Characters of large values that are read for a test, all together. */
const mostCharacters = 20_000_000;

/** The journal of a run as far as a test is made of it. */
async function readJournal(
  { knex }: Database,
  runId: string,
): Promise<{ readonly entries: readonly JournalEntry[]; readonly notes: readonly string[] }> {
  const { entries, next } = await pageOfEntries(knex, runId, { limit: mostEntries });
  const hashes = entries.flatMap(({ large }) => Object.values(large ?? {}));
  const sizes = await sizesOf(knex, runId, hashes);
  const isTooLarge = [...sizes.values()].reduce((sum, size) => sum + size, 0) > mostCharacters;
  return {
    entries: isTooLarge ? entries : await withLarge(knex, runId, entries),
    notes: [
      ...(next === undefined
        ? []
        : [`The journal of the run is long; the test is made of its first ${mostEntries} entries.`]),
      ...(isTooLarge ? ['Large values of the run were left out; write smaller ones in the mocks.'] : []),
    ],
  };
}

function testsOf(app: App, { flow, tests }: WantedTests): readonly FlowTest[] {
  const unknown = tests?.find((id) => !Object.hasOwn(app.flowTests, id));
  if (unknown !== undefined)
    throw notFound({
      code: 'flow-test.unknown',
      message: `There is no test "${unknown}".`,
      hint: 'It may have been deleted. Reload and try again.',
    });
  if (flow !== undefined && !Object.hasOwn(app.flows, flow))
    throw notFound({
      code: 'flow.unknown',
      message: `There is no flow "${flow}".`,
      hint: 'Name it by its id, such as flw_ab12. It may have been deleted.',
    });
  return Object.values(app.flowTests)
    .filter((test) => (tests === undefined ? test.disabled !== true : tests.includes(test.id)))
    .filter((test) => flow === undefined || test.flow === flow)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function notRun({ id, name, flow }: FlowTest): FlowTestResult {
  const message = `It was not run: those before it took longer than ${allTestsMs / 1000} seconds.`;
  const difference = { place: '', path: '', message, hint: 'Run it alone, or give the others less to do.' };
  return { test: id, name, flow, hasPassed: false, differences: [difference], entries: [], durationMs: 0 };
}

function outcomeOf({ entries, ...result }: FlowTestResult, hasJournal: boolean): FlowTestOutcome {
  const journal = entries.slice(0, sentEntries).map(({ inputHash: _hash, ...entry }) => entry);
  return { ...result, ...(hasJournal ? { entries: journal } : {}) } as unknown as FlowTestOutcome;
}

function nameOf(app: App, flow: string, state: 'succeeded' | 'failed' | 'waiting'): string {
  const does = { succeeded: 'Succeeds', failed: 'Fails', waiting: 'Waits' }[state];
  const taken = new Set(Object.values(app.flowTests).map(({ name }) => name.toLowerCase()));
  return uniqueName(`${flow.slice(0, 48)}${does}`, (name) => taken.has(name.toLowerCase()));
}

const unknownRun = () =>
  notFound({ code: 'flow-run.unknown', message: 'There is no such run.', hint: 'It may be older than runs are kept.' });

const goneFlow = () =>
  inputError({
    code: 'flow-test.flow-gone',
    message: 'The flow of this run is not in the draft any more.',
    hint: 'Undo its removal, or choose a run of another flow.',
  });

const notOver = ({ state }: RunRow) =>
  inputError({
    code: 'flow-test.run-state',
    message: state === 'cancelled' ? 'A run that was cancelled shows nothing to expect.' : 'The run is not over yet.',
    hint: 'Make the test of a run that has succeeded, failed or waits.',
  });
