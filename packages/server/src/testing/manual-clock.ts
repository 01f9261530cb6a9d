import type { Clock } from '@fettle/base';

/** A clock that runs along with the machine's and can be moved ahead. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): void;
}

/** Makes one that shows the present time. */
export function createManualClock(): ManualClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance: (milliseconds) => void (ahead += milliseconds),
  };
}
