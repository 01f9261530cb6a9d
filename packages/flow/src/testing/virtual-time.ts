import type { Timer } from '../run/run-context.ts';

interface Alarm {
  readonly at: number;
  readonly callback: () => void;
}

/**
 * Time that passes only when nothing else happens: once all that can go on has come to rest, it jumps to the next alarm.
 * `turn` calls back after everything that is due has happened (`setImmediate`, a message channel).
 */
export class VirtualTime implements Timer {
  #now: number;
  readonly #turn: (callback: () => void) => void;
  readonly #alarms = new Set<Alarm>();
  #held = 0;
  #isTurning = false;

  constructor(start: number, turn: (callback: () => void) => void) {
    this.#now = start;
    this.#turn = turn;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const alarm: Alarm = { at: this.#now + Math.max(0, ms), callback };
    this.#alarms.add(alarm);
    this.#look();
    return () => {
      this.#alarms.delete(alarm);
    };
  }

  /** Time stands still while this work is under way. */
  async hold<T>(work: Promise<T>): Promise<T> {
    this.#held += 1;
    try {
      return await work;
    } finally {
      this.#held -= 1;
      this.#look();
    }
  }

  /** Lets everything else that is due happen first. */
  breathe(): Promise<void> {
    return this.hold(new Promise((resolve) => this.#turn(resolve)));
  }

  /** Never backwards. */
  jumpTo(time: number): void {
    this.#now = Math.max(this.#now, time);
  }

  #look(): void {
    if (this.#isTurning || this.#held > 0 || this.#alarms.size === 0) return;
    this.#isTurning = true;
    this.#turn(() => {
      this.#isTurning = false;
      if (this.#held > 0) return;
      const next = this.#earliest();
      if (next === undefined) return;
      this.#alarms.delete(next);
      this.jumpTo(next.at);
      next.callback();
      this.#look();
    });
  }

  #earliest(): Alarm | undefined {
    let earliest: Alarm | undefined;
    for (const alarm of this.#alarms) if (earliest === undefined || alarm.at < earliest.at) earliest = alarm;
    return earliest;
  }
}
