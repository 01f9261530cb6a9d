/** What a watchdog finds wrong with a frame. */
export type Complaint = 'silent' | 'greedy' | 'flooding';

/** Watches over a frame: does it answer, how much memory has it, how much does it say. */
export interface Watchdog {
  /** It said something. `bytes`: the memory that it says it has. */
  heard(bytes?: number): void;
  stop(): void;
}

const beatMs = 1000;
/** Counted in beats, not in time: a page that was busy itself has beaten no more than once meanwhile. */
const silentBeats = 5;
const mostBytes = 512 * 1024 * 1024;
/** More in one beat is no talk but a loop. */
const mostMessages = 1000;

/** Starts to watch. `ping` asks the frame for a sign; `complain` is called once, with what is wrong. */
export function startWatchdog(options: {
  readonly ping: () => void;
  readonly complain: (complaint: Complaint) => void;
  /** Nobody sees the page: browsers let frames sleep then. */
  readonly isHidden: () => boolean;
}): Watchdog {
  const { ping, complain, isHidden } = options;
  let unanswered = 0;
  let messages = 0;
  const timer = setInterval(() => {
    messages = 0;
    if (isHidden()) {
      unanswered = 0;
      return;
    }
    unanswered += 1;
    if (unanswered > silentBeats) give('silent');
    else ping();
  }, beatMs);
  const stop = (): void => clearInterval(timer);
  const give = (complaint: Complaint): void => {
    stop();
    complain(complaint);
  };
  return {
    heard(bytes) {
      unanswered = 0;
      messages += 1;
      if (messages > mostMessages) give('flooding');
      else if (bytes !== undefined && bytes > mostBytes) give('greedy');
    },
    stop,
  };
}
