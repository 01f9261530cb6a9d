import { describe, expect, it, vi } from 'vitest';
import { AppError, conflict } from '@fettle/base';
import { appToJson, emptyApp, type App, type ExtensionCatalog } from '@fettle/definition';
import { applyCommand, type Command } from '@fettle/edit';
import type { AppInfo } from '@fettle/contract';
import type { DraftPort } from './draft-port.ts';
import { DraftSession } from './draft-session.ts';

const catalog: ExtensionCatalog = { component: () => undefined, eventAction: () => undefined };
const info = { name: 'Desk' } as AppInfo;
const theme = (primary: string): Command => ({ type: 'theme.set', theme: { primary } });
const rename = (name: string): Command => ({ type: 'app.update', changes: { name } });

/** A server in memory that orders commands, answers repeated requests once, and can be told to fail. */
function createServer(start: App) {
  let app = start;
  const log: { requestId: string; commands: readonly Command[] }[] = [];
  const failures: unknown[] = [];
  const apply = (command: Command): void => {
    const applied = applyCommand(app, command, { catalog });
    if (!applied.ok) throw applied.error;
    app = applied.value.app;
  };
  const port: DraftPort = {
    load: async () => ({ info, app, revision: log.length }),
    async send({ revision, requestId, commands }) {
      const failure = failures.shift();
      if (failure instanceof AppError) throw failure;
      const known = log.findIndex((entry) => entry.requestId === requestId);
      const since = log.slice(revision, known === -1 ? undefined : known).flatMap((entry) => entry.commands);
      if (known === -1) {
        commands.forEach(apply);
        log.push({ requestId, commands });
      }
      if (failure === 'reply lost') throw new AppError('unavailable', { code: 'x', message: 'x' });
      return { revision: log.length, rebasedOver: since };
    },
    createRequestId: () => `r${Math.random()}`,
  };
  return {
    port,
    failures,
    log,
    get app() {
      return app;
    },
    other(command: Command) {
      apply(command);
      log.push({ requestId: `other${log.length}`, commands: [command] });
    },
  };
}

async function open(start = emptyApp('Desk')) {
  const server = createServer(start);
  const session = new DraftSession(server.port, catalog, await server.port.load());
  return { server, session };
}

describe('draft session', () => {
  it('shows an edit at once and saves it', async () => {
    const { server, session } = await open();
    expect(session.dispatch(rename('Help desk')).ok).toBe(true);
    expect(session.store.getState().app.app.name).toBe('Help desk');
    expect(session.store.getState().save).toBe('saving');
    await session.flush();
    expect(server.app.app.name).toBe('Help desk');
    expect(session.store.getState().save).toBe('saved');
  });

  it('applies a request whose reply was lost only once', async () => {
    const { server, session } = await open();
    server.failures.push('reply lost');
    session.dispatch(rename('Help desk'));
    await expect(session.flush()).rejects.toBeInstanceOf(AppError);
    expect(session.store.getState().save).toBe('offline');
    await session.flush();
    expect(server.log).toHaveLength(1);
    expect(session.store.getState().save).toBe('saved');
  });

  it('slots in the edits of others and keeps its own', async () => {
    const { server, session } = await open();
    server.other(theme('#ff0000'));
    session.dispatch(rename('Mine'));
    await session.flush();
    expect(session.store.getState().app.theme.primary).toBe('#ff0000');
    expect(session.store.getState().app.app.name).toBe('Mine');
    expect(appToJson(session.store.getState().app)).toEqual(appToJson(server.app));
  });

  it('takes over the newest draft on a conflict and says so when an edit cannot be kept', async () => {
    const { server, session } = await open();
    const stale = conflict({ code: 'draft.conflict', message: 'x' });
    server.failures.push(stale, stale, stale, stale);
    session.dispatch(rename('Mine'));
    for (let turn = 0; turn < 4; turn += 1) await session.flush().catch(() => undefined);
    expect(session.store.getState().lost).toMatch(/could not be saved/);
    expect(session.store.getState().app.app.name).toBe('Desk');
    expect(session.hasUnsaved).toBe(false);
  });

  it('undoes and redoes, and saves both as edits', async () => {
    const { server, session } = await open();
    session.dispatch(rename('A'));
    expect(session.undo()).toBe(true);
    expect(session.store.getState().app.app.name).toBe('Desk');
    expect(session.redo()).toBe(true);
    await session.flush();
    expect(server.app.app.name).toBe('A');
    expect(session.redo()).toBe(false);
  });

  it('merges typing into one step', async () => {
    const { session } = await open();
    for (const name of ['H', 'He', 'Hel']) session.dispatch(rename(name), { mergeKey: 'name' });
    session.undo();
    expect(session.store.getState().app.app.name).toBe('Desk');
    expect(session.store.getState().history.canUndo).toBe(false);
  });

  it('sends by itself a moment after the last edit', async () => {
    vi.useFakeTimers();
    const { server, session } = await open();
    session.dispatch(rename('A'));
    session.dispatch(theme('#00ff00'));
    await vi.advanceTimersByTimeAsync(300);
    vi.useRealTimers();
    expect(server.log).toHaveLength(1);
    expect(server.app.app.name).toBe('A');
  });
});
