import { inputError, isJsonObject } from '@fettle/base';
import type { ComponentManifest } from '@fettle/sdk';
import type { ComponentHost, TablePlace } from '@fettle/sdk/react';
import type { FrameRights } from './frame-rights.ts';
import type { CallName } from './protocol.ts';

/** What answers the calls of one component in a frame. */
export interface CallContext {
  readonly host: ComponentHost;
  readonly manifest: ComponentManifest;
  readonly title: string;
  readonly rights: () => FrameRights;
}

type Input = readonly unknown[];
type Call = (context: CallContext, input: Input) => unknown;

/** Does for a component in a frame what it asks for, if it may. */
export async function answerCall(context: CallContext, name: CallName, input: Input): Promise<unknown> {
  return (await calls[name](context, input)) ?? null;
}

// Types of inputs are those of the host's methods: what is wrong in them the server refuses, as it would for the page.
const calls: Readonly<Record<CallName, Call>> = {
  emit({ host, manifest }, [name, payload]) {
    if (!manifest.events.some((event) => event.name === name)) throw unknownName('event', name);
    return host.emit(String(name), isJsonObject(payload) ? payload : {});
  },
  async navigate(context, [target]) {
    if (!isJsonObject(target)) return;
    const { screen, params, url, newTab } = target;
    if (typeof screen === 'string')
      return context.host.navigate({ screen, ...(isJsonObject(params) ? { params } : {}) });
    if (typeof url !== 'string' || context.host.mode === 'design') return;
    // An address can carry away whatever the component knows: the person decides.
    const isWanted = await context.host.confirm({
      title: 'Leave this page?',
      message: `“${context.title}” wants to open ${url.slice(0, 300)}`,
      button: 'Open it',
    });
    if (isWanted) context.host.navigate({ url, newTab: newTab === true });
  },
  notify({ host }, [message]) {
    if (!isJsonObject(message)) return;
    const kind = (['info', 'success', 'warning', 'error'] as const).find((one) => one === message['kind']) ?? 'info';
    host.notify({ text: String(message['text']).slice(0, 500), kind });
  },
  confirm({ host }, [question]) {
    const { title, message, button, danger } = isJsonObject(question) ? question : {};
    return host.confirm({
      title: String(title ?? '').slice(0, 200),
      ...(typeof message === 'string' ? { message: message.slice(0, 1000) } : {}),
      ...(typeof button === 'string' ? { button: button.slice(0, 60) } : {}),
      danger: danger === true,
    });
  },
  list: table('view', (host, place, [request]) => host.data.list(place, request as never)),
  read: table('view', (host, place, [key, options]) => host.data.read(place, key as never, (options ?? {}) as never)),
  create: table('create', (host, place, [rows]) => host.data.create(place, rows as never)),
  update: table('update', (host, place, [changes]) => host.data.update(place, changes as never)),
  delete: table('delete', (host, place, [keys]) => host.data.delete(place, keys as never)),
  aggregate: table('view', (host, place, [request]) => host.data.aggregate(place, request as never)),
  runQuery({ host, rights }, [query, parameters]) {
    rights().assertQuery(String(query));
    return host.data.runQuery(String(query), (parameters ?? {}) as never);
  },
  startFlow({ host, rights }, [flow, input, options]) {
    rights().assertFlow(String(flow));
    return host.data.startFlow(String(flow), (input ?? {}) as never, (options ?? {}) as never);
  },
  upload({ host, rights }, [file]) {
    if (!(file instanceof File)) throw unknownName('file', file);
    // Files are stored for rows: who may write none has no use for them.
    if (rights().tables.length === 0) rights().assertTable({ dataSource: '', table: '' }, 'create');
    return host.data.upload(file);
  },
};

function table(
  verb: 'view' | 'create' | 'update' | 'delete',
  act: (host: ComponentHost, place: TablePlace, input: Input) => unknown,
): Call {
  return ({ host, rights }, [place, ...input]) => {
    const { dataSource, table: name } = isJsonObject(place) ? place : {};
    if (typeof dataSource !== 'string' || typeof name !== 'string') throw unknownName('table', place);
    rights().assertTable({ dataSource, table: name }, verb);
    return act(host, { dataSource, table: name }, input);
  };
}

const unknownName = (what: string, name: unknown) =>
  inputError({
    code: `plugin.unknown-${what}`,
    message: `The component has no ${what} "${String(name).slice(0, 100)}".`,
  });
