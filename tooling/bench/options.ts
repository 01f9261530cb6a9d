/** What to run and how long. */
export interface BenchOptions {
  readonly rounds: number;
  readonly seconds: number;
  wants(id: string): boolean;
}

/** Cases by name, for `--only`. */
export const caseIds = [
  'read',
  'list',
  'related',
  'insert',
  'update',
  'deep',
  'start',
  'memory',
  'page',
  'canvas',
  'plugin-dev',
  'flow',
  'flow-rows',
  'flow-schedules',
  'flow-queue',
] as const;

/** Reads `--quick` and `--only=<case>[,<case>]`. */
export function readOptions(given: readonly string[]): BenchOptions {
  const only = given
    .find((argument) => argument.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  const unknown = only?.find((id) => !(caseIds as readonly string[]).includes(id));
  if (unknown !== undefined) throw new Error(`There is no case "${unknown}". Cases: ${caseIds.join(', ')}.`);
  const isQuick = given.includes('--quick');
  return {
    rounds: isQuick ? 2 : 5,
    seconds: isQuick ? 2 : 4,
    wants: (id) => only === undefined || only.includes(id),
  };
}
