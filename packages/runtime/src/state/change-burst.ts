const mostPerTask = 15;
const mostPerWindow = 250;
const windowMs = 500;
const pauseMs = 1000;

/**
 * Notices values that never settle. Bindings cannot read themselves, but two components can feed each other through
 * what they show. Within one task of the browser a component changes its values a few times at most; a circle does it
 * without end. A slower circle (through timers) is caught by its rate: no person types or drags that fast.
 */
export class ChangeBurst {
  #inTask = 0;
  #inWindow = 0;
  #since = 0;
  #stoppedUntil = 0;

  /** True while changes are held back. */
  get isRunaway(): boolean {
    return performance.now() < this.#stoppedUntil;
  }

  /** Counts one change; true when it was one too many. */
  count(): boolean {
    const now = performance.now();
    if (now - this.#since > windowMs) {
      this.#since = now;
      this.#inWindow = 0;
    }
    if (this.#inTask === 0) {
      setTimeout(() => {
        this.#inTask = 0;
      }, 0);
    }
    this.#inTask += 1;
    this.#inWindow += 1;
    if (this.#inTask <= mostPerTask && this.#inWindow <= mostPerWindow) return false;
    this.#stoppedUntil = now + pauseMs;
    return true;
  }
}
