import type { Json } from '@fettle/base';
import { answerCall, type CallContext } from './frame-calls.ts';
import {
  greeting,
  type FromFrame,
  type Look,
  type Place,
  type SentRows,
  type ToFrame,
  type Watched,
} from './protocol.ts';
import { readMessage } from './read-message.ts';
import { receivedError, sendableError } from './sent-error.ts';
import { startWatchdog, type Complaint } from './watchdog.ts';

/** Rows that a component in a frame wants. */
export type WantedRows = NonNullable<Extract<FromFrame, { kind: 'rows' }>['wanted']>;

/** What a session is told of the page around it. */
export interface SessionHost extends CallContext {
  /** What a component is begun with. */
  readonly start: () => Omit<Extract<ToFrame, { kind: 'start' }>, 'kind' | 'place' | 'look'>;
  readonly place: () => Place;
  readonly look: () => Look;
  onSize(height: number): void;
  onReady(): void;
  onRows(list: number, wanted: WantedRows | undefined): void;
  onRowsAct(list: number, act: 'refresh' | 'more'): void;
  /** It cannot go on: what happened, in words. */
  onStopped(reason: string): void;
}

/** One component running in one frame, from its beginning to its end. */
export interface FrameSession {
  /** Settings, mode or look may have changed. */
  update(): void;
  sendRows(list: number, rows: SentRows): void;
  end(): void;
}

/** Until a frame must have answered for the first time, in milliseconds. */
const startMs = 20_000;

const reasons: Readonly<Record<Complaint, string>> = {
  silent: 'It did not answer for some seconds, and was stopped so that the app can go on.',
  greedy: 'It needed more than 512 MB of memory, and was stopped so that the app can go on.',
  flooding: 'It kept the app busy with messages, and was stopped so that the app can go on.',
};

/** Runs a component in a frame that lies in `place`. */
export function openFrameSession(place: HTMLElement, address: string, page: SessionHost): FrameSession {
  const channel = new MessageChannel();
  const port = channel.port1;
  const frame = document.createElement('iframe');
  const cleanups: (() => void)[] = [];
  const offers = new Map<string, () => void>();
  const watches = new Map<number, () => void>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let lastPlace = '';
  let lastLook = '';
  let calls = 0;
  let isEnded = false;
  let isStarted = false;

  const send = (message: ToFrame): void => {
    if (isEnded) return;
    try {
      port.postMessage(message);
    } catch {
      // Something in it cannot be copied: what JSON makes of it can.
      port.postMessage(JSON.parse(JSON.stringify(message)));
    }
  };
  const end = (): void => {
    if (isEnded) return;
    isEnded = true;
    watchdog.stop();
    clearTimeout(starting);
    for (const clean of [...cleanups, ...offers.values(), ...watches.values()]) clean();
    for (const { reject } of waiting.values()) reject(new Error('The component is gone.'));
    port.close();
    frame.remove();
  };
  const stop = (reason: string): void => {
    if (isEnded) return;
    end();
    page.onStopped(reason);
  };
  const watchdog = startWatchdog({
    ping: () => {
      update();
      if (isStarted) send({ kind: 'ping' });
      else watchdog.heard();
    },
    complain: (complaint) => stop(reasons[complaint]),
    isHidden: () => document.visibilityState === 'hidden',
  });
  const starting = setTimeout(() => stop('It did not start within 20 seconds.'), startMs);

  const begin = (): void => {
    isStarted = true;
    clearTimeout(starting);
    const [current, look] = [page.place(), page.look()];
    lastPlace = fingerprint(current);
    lastLook = fingerprint(look);
    send({ kind: 'start', ...page.start(), look, place: current });
  };
  const update = (): void => {
    if (!isStarted || isEnded) return;
    const [current, look] = [page.place(), page.look()];
    if (lastPlace !== (lastPlace = fingerprint(current))) send({ kind: 'place', place: current });
    if (lastLook !== (lastLook = fingerprint(look))) send({ kind: 'look', look });
  };

  const offer = (method: string, isThere: boolean): void => {
    offers.get(method)?.();
    offers.delete(method);
    if (!isThere || !page.manifest.methods.some(({ name }) => name === method)) return;
    const invoke = (input?: Readonly<Record<string, unknown>>): Promise<unknown> =>
      new Promise((resolve, reject) => {
        calls += 1;
        waiting.set(calls, { resolve, reject });
        send({ kind: 'invoke', call: calls, method, ...(input === undefined ? {} : { input: input as Json }) });
      });
    offers.set(method, page.host.offer(method, invoke));
  };
  const watch = (id: number, what: Watched | undefined): void => {
    watches.get(id)?.();
    watches.delete(id);
    if (what === undefined) return;
    const rights = page.rights();
    if ('query' in what) rights.assertQuery(what.query);
    else rights.assertTable(what, 'view');
    watches.set(
      id,
      page.host.data.onChange(what, () => send({ kind: 'changed', watch: id })),
    );
  };
  const answer = (call: number, given: Promise<unknown>): void => {
    given.then(
      (value) => send({ kind: 'answer', call, ok: true, value }),
      (error: unknown) => send({ kind: 'answer', call, ok: false, error: sendableError(error) }),
    );
  };
  const take = (message: FromFrame): void => {
    switch (message.kind) {
      case 'ready':
        return page.onReady();
      case 'pong':
        return;
      case 'size':
        return page.onSize(message.height);
      case 'failed':
        return stop(message.message);
      case 'call':
        return answer(message.call, answerCall(page, message.name, message.input));
      case 'expose':
        return page.host.expose(
          Object.fromEntries(
            Object.entries(message.values).filter(([name]) => Object.hasOwn(page.manifest.exposes, name)),
          ),
        );
      case 'offer':
        return offer(message.method, message.isThere);
      case 'rows':
        return page.onRows(message.list, message.wanted);
      case 'rows-act':
        return page.onRowsAct(message.list, message.act);
      case 'watch':
        return watch(message.watch, message.what);
      case 'answer': {
        const call = waiting.get(message.call);
        waiting.delete(message.call);
        return message.ok ? call?.resolve(message.value) : call?.reject(receivedError(message.error));
      }
    }
  };
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = readMessage(data);
    watchdog.heard(message?.kind === 'pong' ? message.bytes : undefined);
    if (message === undefined || isEnded) return;
    if (message.kind === 'ready') begin();
    try {
      take(message);
    } catch (error) {
      // What it may not follow it is not told of.
      if (message.kind === 'watch') return;
      stop(error instanceof Error ? error.message : String(error));
    }
  };

  frame.setAttribute('sandbox', 'allow-scripts');
  frame.referrerPolicy = 'no-referrer';
  frame.title = page.title;
  let loads = 0;
  frame.addEventListener('load', () => {
    loads += 1;
    if (loads > 1) return stop('It tried to leave its place.');
    frame.contentWindow?.postMessage(greeting, '*', [channel.port2]);
  });
  frame.src = address;
  place.append(frame);
  const scheme = new MutationObserver(update);
  scheme.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
  cleanups.push(() => scheme.disconnect());
  return {
    update,
    sendRows: (list, rows) => send({ kind: 'rows', list, rows }),
    end,
  };
}

function fingerprint(value: unknown): string {
  return JSON.stringify(value);
}
