import { AppError } from '@fettle/base';
import type { RunError } from '@fettle/flow';

/**
 * So often in a row a run may be lost by its worker before it gets any further. A server that is killed and started again
 * loses runs as well, seldom the same one so often; with fewer, a bad night would make dead letters of good runs.
 */
export const mostLosses = 10;

/** Why a run is given up whose workers went down, or away, one after the other. */
export function workersLost(losses: number): RunError {
  return {
    code: 'flow.worker-lost',
    message: `${losses} workers in a row were lost while they played this run, and it got no further.`,
    hint: 'Look at the memory and the log of the servers. A step may work on more data than fits; start the run again once that is mended.',
  };
}

/** Why a run is given up that could not be played again and again. */
export function unplayable(error: unknown): RunError {
  const isTold = error instanceof AppError && error.kind !== 'bug';
  return {
    code: 'flow.unplayable',
    message: `This run could not be played, ${mostLosses} times in a row${isTold ? `: ${error.message}` : '.'}`,
    hint:
      (isTold ? error.hint : undefined) ??
      'The log of the server has the details. Start the run again once it is mended.',
  };
}
