/** What following needs of the page; tests give their own. */
export interface LivePage {
  readonly openStream: (url: string) => Pick<EventSource, 'addEventListener' | 'close'>;
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly openChannel: ((name: string) => BroadcastChannel) | undefined;
}

/** What there is to follow: what the person is told, or what plugins bring to the workspace. */
const topics = ['changed', 'extensions'] as const;
type Topic = (typeof topics)[number];

/** Without a stream, and beside it in case it hangs, the server is asked again after so long, in milliseconds. */
const pollMs = 60_000;

const browserPage = (): LivePage => ({
  openStream: (url) => new EventSource(url),
  // Not there on pages that came without https.
  locks: (navigator as { readonly locks?: LockManager }).locks,
  openChannel: typeof BroadcastChannel === 'undefined' ? undefined : (name) => new BroadcastChannel(name),
});

/**
 * Calls back when the stream says that something changed, and now and then in any case. A browser has few connections
 * per server: of all tabs one holds the stream and tells the others. Answers how to stop.
 */
export function followChanges(
  url: string,
  onChange: () => void,
  { page = browserPage(), topic: own = 'changed' }: { readonly page?: LivePage; readonly topic?: Topic } = {},
): () => void {
  const stopping = new AbortController();
  const channel = page.openChannel?.(`fettle ${url}`);
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === own) onChange();
  });
  const poll = setInterval(() => {
    if (document.visibilityState === 'visible') onChange();
  }, pollMs);
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') onChange();
  };
  document.addEventListener('visibilitychange', onVisible);
  if (page.locks !== undefined && channel !== undefined) {
    const hold = (): Promise<void> =>
      new Promise((resolve) => {
        const stream = page.openStream(url);
        const tell = (topic: Topic): void => {
          if (topic === own) onChange();
          channel.postMessage(topic);
        };
        for (const topic of topics) {
          stream.addEventListener(topic, () => tell(topic));
          // Nobody said what changed before it opened, the first time and after each time it was cut off.
          stream.addEventListener('open', () => tell(topic));
        }
        stopping.signal.addEventListener('abort', () => {
          stream.close();
          resolve();
        });
      });
    page.locks.request(`fettle ${url}`, { signal: stopping.signal }, hold).catch(() => undefined);
  }
  return () => {
    stopping.abort();
    channel?.close();
    clearInterval(poll);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
