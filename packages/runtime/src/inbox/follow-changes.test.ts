// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { followChanges, type LivePage } from './follow-changes.ts';

/** A stream that is opened, cut off and spoken through by the test. */
class FakeStream extends EventTarget {
  isClosed = false;
  close(): void {
    this.isClosed = true;
  }
}

function fakePage() {
  const streams: FakeStream[] = [];
  const posted: unknown[] = [];
  const listeners: ((event: { readonly data: unknown }) => void)[] = [];
  const page = {
    openStream: () => {
      const stream = new FakeStream();
      streams.push(stream);
      return stream;
    },
    locks: { request: (_name: string, _options: unknown, hold: () => Promise<void>) => hold() },
    openChannel: () => ({
      addEventListener: (_type: string, listener: (event: { readonly data: unknown }) => void) =>
        listeners.push(listener),
      postMessage: (message: unknown) => posted.push(message),
      close: () => undefined,
    }),
  } as unknown as LivePage;
  return { page, streams, posted, hear: (data: string) => listeners.forEach((listener) => listener({ data })) };
}

describe('following changes', () => {
  let stop: (() => void) | undefined;
  afterEach(() => stop?.());

  it('asks when the stream opens, again and again: what changed before was told to nobody', () => {
    const { page, streams, posted } = fakePage();
    const onChange = vi.fn();
    stop = followChanges('/live', onChange, { page });
    expect(onChange).not.toHaveBeenCalled();
    streams[0]?.dispatchEvent(new Event('open'));
    expect(onChange).toHaveBeenCalledTimes(1);
    // Cut off, and opened anew by the browser.
    streams[0]?.dispatchEvent(new Event('error'));
    streams[0]?.dispatchEvent(new Event('open'));
    expect(onChange).toHaveBeenCalledTimes(2);
    expect(posted.filter((message) => message === 'changed')).toHaveLength(2);
  });

  it('asks when the stream says so, or another tab does, until it is stopped', () => {
    const { page, streams, hear } = fakePage();
    const onChange = vi.fn();
    stop = followChanges('/live', onChange, { page });
    streams[0]?.dispatchEvent(new Event('changed'));
    hear('changed');
    hear('something else');
    expect(onChange).toHaveBeenCalledTimes(2);
    stop();
    expect(streams[0]?.isClosed).toBe(true);
  });
});
