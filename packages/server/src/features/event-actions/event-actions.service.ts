import type { Actor } from '@fettle/access';
import { AppError, conflict, jsonEquals, notFound, upstreamError, type Clock, type Json } from '@fettle/base';
import {
  checkSchema,
  compileComponent,
  compileScreen,
  findEventAction,
  type App,
  type EventActionPlace,
} from '@fettle/definition';
import type { EventActionManifest } from '@fettle/sdk';
import type { Database } from '../../database/database.ts';
import type { WorkspaceExtensions } from '../../extensions/workspace-extensions.ts';
import type { Log } from '../../log.ts';
import type { RunningApp } from '../apps/running-app.ts';
import type { Audit } from '../audit/audit.service.ts';
import { hideSecrets, hideSecretsIn } from '../data-sources/hide-secrets.ts';
import { checkActionSettings } from '../flows/worker/check-action-settings.ts';
import { createFlowData, type FlowDataOptions } from '../flows/worker/flow-data.ts';
import { namedSecrets } from '../flows/worker/named-secrets.ts';
import type { EventActionMeans, ServerEventAction } from '../plugins/process/plugin-event-action.ts';
import { findRelease } from '../releases/releases.store.ts';
import type { RunningApps } from '../running/running-apps.ts';
import type { StoredSecrets } from '../stored-secrets/stored-secrets.service.ts';
import { insertRequest } from './event-actions.store.ts';
import { fillSettings, type BoundValues, type StoredAction } from './fill-settings.ts';

/** Means of {@link EventActions}. */
export interface EventActionsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly extensions: Pick<WorkspaceExtensions, 'eventAction'>;
  readonly running: Pick<RunningApps, 'versionOfRelease'>;
  readonly secrets: Pick<StoredSecrets, 'reveal'>;
  readonly data: FlowDataOptions;
  readonly fetch: EventActionMeans['fetch'];
  readonly networkFor: (signal: AbortSignal) => EventActionMeans['network'];
}

/** A press. */
export interface EventActionCall {
  readonly actor: Actor;
  readonly running: RunningApp;
  readonly place: EventActionPlace;
  /** The app as the browser has it. */
  readonly version: string;
  readonly requestId: string;
  readonly values: BoundValues;
  /** Aborted when whoever pressed has left. */
  readonly signal: AbortSignal;
}

const mostResultBytes = 1_000_000;

/** Event actions whose code is on the server. Access was decided before: by the place, against the rights of the caller. */
export class EventActions {
  readonly #options: EventActionsOptions;

  constructor(options: EventActionsOptions) {
    this.#options = options;
  }

  /** Runs one with its settings as they stand in the app and the values of what is bound in them. Answers its result. */
  async run(call: EventActionCall): Promise<Json> {
    const { running, place } = call;
    const stored = actionAt(running.app, place);
    const extension = stored && this.#options.extensions.eventAction(running.workspaceId, stored.action.type);
    if (stored === undefined || extension === undefined) throw notInstalled();
    await this.#assertSame(call, stored);
    const { manifest } = extension;
    const filled = fillSettings(stored, manifest, call.values);
    const settings = checkActionSettings(manifest, filled, {
      code: 'event-action.settings-invalid',
      hint: 'Look at what was entered. If that is right, tell whoever built the app.',
    });
    const secrets = await this.#secretsOf(manifest, filled, running);
    const isOnRecord = hasEffect(manifest);
    if (isOnRecord) await this.#claim(call);
    try {
      const result = await this.#answerOf(extension, call, { settings, secrets });
      if (isOnRecord) await this.#record(call, manifest, 'done');
      return result;
    } catch (error) {
      if (isOnRecord) await this.#record(call, manifest, error instanceof AppError ? error.code : 'failed');
      throw error;
    }
  }

  async #answerOf(
    extension: ServerEventAction,
    call: EventActionCall,
    given: Pick<EventActionMeans, 'settings' | 'secrets'>,
  ): Promise<Json> {
    const { running, actor } = call;
    const { clock, fetch, networkFor, data } = this.#options;
    const { manifest } = extension;
    const { secrets } = given;
    // What has an effect is not left half done because somebody closed the page: its time limit ends it.
    const signal = hasEffect(manifest) ? new AbortController().signal : call.signal;
    try {
      const answer = await extension.run({
        ...given,
        signal,
        idempotencyKey: `${running.appId}/${call.requestId}`,
        now: () => clock.now(),
        log: (level, message, details) => this.#log(call, manifest, secrets)(level, message, details),
        fetch,
        network: networkFor(signal),
        data: createFlowData(data, {
          actor,
          running,
          rights: running.rights,
          signal,
          trial: undefined,
          roles: running.roles,
          outside: notInAction,
        }),
      });
      const [result = null] = hideSecretsIn([answer], Object.values(secrets));
      return checkedResult(manifest, result);
    } catch (error) {
      throw hideSecrets(error, Object.values(secrets));
    }
  }

  #log(
    { running, place }: EventActionCall,
    manifest: EventActionManifest,
    secrets: Readonly<Record<string, string>>,
  ): EventActionMeans['log'] {
    return (level, message, details) => {
      const [text, more] = hideSecretsIn([message, details ?? null], Object.values(secrets));
      const facts = { workspace: running.workspaceId, app: running.appId, eventAction: manifest.id, place };
      this.#options.log[level](
        { ...facts, said: text, ...(details === undefined ? {} : { details: more }) },
        'An event action says something',
      );
    };
  }

  /** An action that became another one since the page was opened is not run: the person pressed what it was before. */
  async #assertSame({ running, version, place }: EventActionCall, stored: StoredAction): Promise<void> {
    const [release = ''] = version.split('.');
    // A draft changes under its builders all the time; they see what it is.
    if (running.environment === 'development' || release === running.version) return;
    const { database, running: apps } = this.#options;
    const known = await findRelease(database.knex, running.appId, release);
    const before = known && actionAt((await apps.versionOfRelease(known.id)).app, place);
    const isSame =
      before !== undefined &&
      before.action.type === stored.action.type &&
      jsonEquals(before.action.settings as Json, stored.action.settings as Json);
    if (!isSame)
      throw conflict({
        code: 'event-action.changed',
        message: 'The app was published anew since you opened it, and this does something else now.',
        hint: 'Reload the page and look at it again.',
      });
  }

  async #secretsOf(
    manifest: EventActionManifest,
    settings: Readonly<Record<string, Json>>,
    { workspaceId, environment }: RunningApp,
  ): Promise<Readonly<Record<string, string>>> {
    try {
      return await namedSecrets(manifest, settings, (names) =>
        this.#options.secrets.reveal({ workspaceId, environment }, names),
      );
    } catch (error) {
      // Names of secrets are for builders.
      if (environment === 'development' || !(error instanceof AppError) || error.kind !== 'input') throw error;
      throw new AppError('unavailable', {
        code: 'event-action.secret-missing',
        message: `"${manifest.title}" is not set up: a secret that it needs is not stored.`,
        hint: 'Tell whoever built the app.',
      });
    }
  }

  async #claim({ actor, running, requestId }: EventActionCall): Promise<void> {
    const { database, clock } = this.#options;
    const isNew = await insertRequest(database.knex, {
      app_id: running.appId,
      caller: actor.kind === 'user' || actor.kind === 'api-key' ? actor.id : 'visitor',
      request_id: requestId,
      created_at: clock.now(),
    });
    if (isNew) return;
    throw conflict({
      code: 'event-action.begun-already',
      message: 'This was begun already, and is not done twice.',
      hint: 'Look whether it is done before you try again.',
    });
  }

  async #record({ actor, running, place }: EventActionCall, manifest: EventActionManifest, outcome: string) {
    const { environment, version } = running;
    await this.#options.audit.record({
      actor,
      action: 'event-action.run',
      workspaceId: running.workspaceId,
      target: `${running.appId} ${place.action} ${manifest.id}`,
      details: { environment, version, screen: place.screen, owner: place.owner, event: place.event, outcome },
    });
  }
}

function hasEffect({ server }: EventActionManifest): boolean {
  return server?.effect !== 'none' && server?.effect !== 'read';
}

function actionAt(app: App, { screen: id, owner, event, action }: EventActionPlace): StoredAction | undefined {
  const screen = Object.hasOwn(app.screens, id) ? app.screens[id] : undefined;
  if (screen === undefined) return undefined;
  const component = Object.hasOwn(screen.components, owner) ? screen.components[owner] : undefined;
  if (owner !== 'screen' && component === undefined) return undefined;
  const { events, bindings } = component === undefined ? compileScreen(screen) : compileComponent(owner, component);
  const found = findEventAction(events, event, action);
  return found === undefined ? undefined : { ...found, bindings };
}

function checkedResult({ title, result: schema }: EventActionManifest, result: Json): Json {
  const [problem] = schema === undefined ? [] : checkSchema(schema, result, '');
  if (problem !== undefined)
    throw upstreamError({
      code: 'event-action.result-invalid',
      message: `"${title}" gave something else than it promises. ${problem.path === '' ? '' : `${problem.path}: `}${problem.message}`,
      hint: 'This is a mistake in the plugin: tell its publisher.',
    });
  if (Buffer.byteLength(JSON.stringify(result)) > mostResultBytes)
    throw new AppError('too-large', {
      code: 'event-action.result-too-large',
      message: `"${title}" gave more than a page can take (1 MB).`,
      hint: 'Let it do less at once.',
    });
  return result;
}

function notInstalled(): AppError {
  return notFound({
    code: 'event-action.not-installed',
    message: 'What this should do is not there: its plugin is not installed, or turned off.',
    hint: 'Tell whoever built the app.',
  });
}

function notInAction(target: string): AppError {
  return new AppError('not-allowed', {
    code: 'event-action.not-allowed',
    message: `You may not do this with "${target}".`,
    hint: 'Ask an admin of the app for a role that may.',
  });
}
