import { AppError, inputError } from '@fettle/base';
import { tableReference } from '@fettle/definition';
import type { ComponentHost, DataHost } from '@fettle/sdk/react';
import type { Place, ToFrame } from '../frame/protocol.ts';
import { sendableError } from '../frame/sent-error.ts';
import type { Link } from './link.ts';
import type { InsideRows } from './inside-rows.ts';

type Start = Extract<ToFrame, { kind: 'start' }>;
type Method = (input?: Readonly<Record<string, unknown>>) => unknown;

/** What a component in a frame has in the place of the page's own host. */
export interface InsideHost {
  /** Another one for each place, so that the component renders again. */
  hostAt(place: Place): ComponentHost;
  take(message: ToFrame): void;
}

/** Makes it. */
export function createInsideHost(start: Start, link: Link, rows: InsideRows): InsideHost {
  const methods = new Map<string, Method>();
  const watches = new Map<number, () => void>();
  let watchCount = 0;
  const ask = link.ask as (...input: readonly unknown[]) => Promise<never>;
  const dataAt = (place: Place): DataHost => ({
    describe: ({ dataSource, table }) => place.tables[tableReference(dataSource, table)],
    list: (at, request) => ask('list', placeOf(at), request),
    read: async (at, key, options) => (await ask('read', placeOf(at), key, options)) ?? undefined,
    create: (at, given) => ask('create', placeOf(at), given),
    update: (at, changes) => ask('update', placeOf(at), changes),
    delete: async (at, keys) => void (await ask('delete', placeOf(at), keys)),
    aggregate: (at, request) => ask('aggregate', placeOf(at), request),
    runQuery: (query, parameters) => ask('runQuery', query, parameters),
    startFlow: (flow, input, options) => ask('startFlow', flow, input, options),
    upload: (file) => ask('upload', file),
    fileUrl: () => notHere('Addresses of files'),
    exportUrl: () => notHere('Addresses of exports'),
    onChange(what, listener) {
      watchCount += 1;
      const watch = watchCount;
      watches.set(watch, listener);
      link.send({ kind: 'watch', watch, what: 'query' in what ? { query: what.query } : placeOf(what) });
      return () => {
        watches.delete(watch);
        link.send({ kind: 'watch', watch, what: undefined });
      };
    },
  });
  return {
    hostAt: (place) => ({
      id: start.id,
      name: place.name,
      mode: place.mode,
      locale: start.locale,
      timeZone: start.timeZone,
      isNarrow: start.isNarrow,
      data: dataAt(place),
      hasEvent: (name) => place.events.includes(name),
      emit: (name, payload) => ask('emit', name, payload),
      expose: (values) => link.send({ kind: 'expose', values }),
      offer(method, run) {
        methods.set(method, run);
        link.send({ kind: 'offer', method, isThere: true });
        return () => {
          if (methods.get(method) !== run) return;
          methods.delete(method);
          link.send({ kind: 'offer', method, isThere: false });
        };
      },
      slot: () => null,
      slotSize: () => 0,
      navigate: (target) => void ask('navigate', target).catch(() => undefined),
      // The app knows its addresses; asked for while something is drawn, it could not answer in time.
      addressOf: () => undefined,
      notify: (message) => void ask('notify', message).catch(() => undefined),
      confirm: (question) => ask('confirm', question),
      approvals: () => null,
      useRows: (setting, options) => rows.useRows(setting, options),
    }),
    take(message) {
      if (message.kind === 'rows') rows.take(message.list, message.rows);
      else if (message.kind === 'changed') watches.get(message.watch)?.();
      else if (message.kind === 'invoke') void invoke(link, methods.get(message.method), message);
    },
  };
}

async function invoke(
  link: Link,
  method: Method | undefined,
  { call, input }: Extract<ToFrame, { kind: 'invoke' }>,
): Promise<void> {
  try {
    if (method === undefined)
      throw inputError({ code: 'component.unknown-method', message: 'The component cannot do this.' });
    const value = await method(input as Readonly<Record<string, unknown>> | undefined);
    link.send({ kind: 'answer', call, ok: true, value: value ?? null });
  } catch (error) {
    link.send({ kind: 'answer', call, ok: false, error: sendableError(error) });
  }
}

function placeOf({ dataSource, table }: { readonly dataSource: string; readonly table: string }) {
  return { dataSource, table };
}

function notHere(what: string): never {
  throw new AppError('not-allowed', {
    code: 'plugin.not-in-frames',
    message: `${what} lead nowhere in a frame, which can load nothing.`,
    hint: 'Trust the plugin, or show the file with a component of the app.',
  });
}
