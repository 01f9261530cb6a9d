import { routes, type ApiClient, type AppInfo } from '@fettle/contract';
import { AppError, createId } from '@fettle/base';
import { parseApp, type App, type ExtensionCatalog } from '@fettle/definition';
import { parseCommand, type Command } from '@fettle/edit';

/** A draft as the server has it. */
export interface LoadedDraft {
  readonly info: AppInfo;
  readonly app: App;
  readonly revision: number;
}

/** What the session needs of the server. */
export interface DraftPort {
  load(): Promise<LoadedDraft>;
  /** Rejects with kind `conflict` when the commands do not fit what came since `revision`. */
  send(request: {
    readonly revision: number;
    readonly requestId: string;
    readonly commands: readonly Command[];
  }): Promise<{ readonly revision: number; readonly rebasedOver: readonly Command[] }>;
  createRequestId(): string;
}

/** The port over the API. */
export function createDraftPort(client: ApiClient, appId: string, catalog: ExtensionCatalog): DraftPort {
  const params = { appId };
  return {
    async load() {
      const { app: info, revision, definition } = await client.call(routes.apps.draft, { params });
      const parsed = parseApp(definition, { catalog });
      if (!parsed.ok) {
        throw new AppError('input', {
          code: 'definition.unreadable',
          message: 'This app cannot be opened.',
          hint: 'It may come from a newer version of Fettle. Update, then try again.',
          problems: parsed.error,
        });
      }
      return { info, app: parsed.value, revision };
    },
    async send({ revision, requestId, commands }) {
      const reply = await client.call(routes.apps.edit, {
        params,
        body: { revision, requestId, commands: commands as unknown as Record<string, unknown>[] },
      });
      return { revision: reply.revision, rebasedOver: reply.rebasedOver.map(readCommand) };
    },
    createRequestId: () => createId('req', 20),
  };
}

function readCommand(json: unknown): Command {
  const parsed = parseCommand(json);
  if (!parsed.ok) {
    throw new AppError('conflict', {
      code: 'draft.unknown-command',
      message: 'Somebody changed this app with a newer version of Fettle.',
      hint: 'Reload the page.',
      problems: parsed.error,
    });
  }
  return parsed.value;
}
