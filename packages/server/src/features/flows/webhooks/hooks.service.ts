import { AppError, createId, inputError, notFound, type Clock, type Json } from '@fettle/base';
import { checkSchema } from '@fettle/definition';
import type { Log } from '../../../log.ts';
import type { LiveApp } from '../../running/running-apps.ts';
import type { StoredSecrets } from '../../stored-secrets/stored-secrets.service.ts';
import type { StartHere } from '../start-here.ts';
import { allowOrigin, answerPreflight } from './cross-origin.ts';
import { deliveryIdOf } from './delivery-id.ts';
import type { HookFiles } from './hook-files.ts';
import type { HookGuard } from './hook-guard.ts';
import type { HookReplies, HookReply } from './hook-replies.ts';
import type { HookFile } from './hook-body.ts';
import { answerHandshake } from './vendor-handshake.ts';
import { readHookBody, visibleHeaders } from './read-hook-body.ts';
import { verifyWebhook } from './verify-webhook.ts';
import { findHook, type WebhookSettings } from './webhook-settings.ts';

/** A request to a webhook, as it came in. */
export interface HookCall {
  /** Address name of the app. */
  readonly app: string;
  readonly path: string;
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Reads the body, once: nothing is read for whom nobody listens to. */
  readonly readBody: () => Promise<Buffer>;
  readonly address: string;
  /** Told what every answer says, also one that is thrown. */
  readonly setHeaders: (headers: Readonly<Record<string, string>>) => void;
  readonly signal: AbortSignal;
}

/** Starts flows by requests of other systems, and answers these. */
export interface Hooks {
  /** The answer. Throws for requests that start nothing. */
  call(call: HookCall): Promise<HookReply>;
  /** The answer to a browser that asks before a page calls. Throws when no page may. */
  preflight(call: Pick<HookCall, 'app' | 'path' | 'headers'>): Promise<HookReply>;
}

/** What the service needs. */
export interface HooksOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly liveApp: (slug: string) => LiveApp | undefined | Promise<LiveApp | undefined>;
  readonly secrets: Pick<StoredSecrets, 'reveal'>;
  readonly startHere: StartHere;
  readonly replies: HookReplies;
  readonly files: HookFiles;
  readonly guard: HookGuard;
}

/** Makes the service. Everything is refused before anything is written; a run is there before the sender hears of it. */
export function createHooks(options: HooksOptions): Hooks {
  const { startHere, replies, guard } = options;
  return {
    async call(call) {
      guard.assertMayTry(call.address);
      const { live, flow, hook } = await find(options, call);
      call.setHeaders(allowOrigin(hook, call.headers));
      const body = await call.readBody();
      const signedId = await admit(options, { call, live, hook, flowId: flow.id, body });
      const handshake = answerHandshake(hook.auth, body);
      if (handshake !== undefined) return handshake;
      const { sent, files } = await payloadOf(call, hook, body);
      const delivery = deliveryIdOf({
        hook,
        request: { headers: call.headers, body },
        signedId,
        trigger: sent,
        functions: live.app.functions,
      });
      const id = createId('run', 20);
      // Their ids are written into what was sent.
      const staged = files.length === 0 ? undefined : await options.files.store({ live, flow, run: id }, files);
      const trigger = { ...sent, deliveryId: delivery ?? null };
      let isStarted = false;
      const waiting = hook.waits ? wait(replies, id, hook, call.signal) : undefined;
      try {
        const run = await startHere({
          id,
          workspaceId: live.workspaceId,
          appId: live.appId,
          version: live.version,
          environment: 'production',
          flow,
          functions: live.app.functions,
          origin: 'webhook',
          trigger,
          user: null,
          mayBeRefused: true,
          ...(delivery === undefined ? {} : { dedupeKey: `hook ${delivery}` }),
          ...(staged === undefined ? {} : { files: staged }),
        });
        isStarted = run.isNew;
        if (!run.isNew || run.isHeld) return accepted(run.id);
        const reply = await waiting?.reply;
        return reply ?? accepted(run.id);
      } finally {
        waiting?.end();
        if (staged !== undefined && !isStarted) await options.files.discard(staged);
      }
    },
    async preflight({ app, path, headers }) {
      const method = headers['access-control-request-method'];
      const { hook } = await find(options, { app, path, method: typeof method === 'string' ? method : '' });
      const answer = answerPreflight(hook, headers);
      // To a page that may not call it is as if there were none.
      if (answer === undefined) throw unknownHook();
      return { status: 204, headers: answer, body: null };
    },
  };

  async function find({ liveApp }: HooksOptions, { app, path, method }: Pick<HookCall, 'app' | 'path' | 'method'>) {
    const live = await liveApp(app);
    const found = live === undefined ? undefined : findHook(live.app, path);
    // One answer for whatever is not there, so that nobody learns which apps there are.
    if (live === undefined || found === undefined || !found.hook.methods.includes(method)) throw unknownHook();
    return { live, ...found };
  }
}

interface Admission {
  readonly call: HookCall;
  readonly live: LiveApp;
  readonly hook: WebhookSettings;
  readonly flowId: string;
  readonly body: Buffer;
}

/** Throws unless the sender may start the flow. Answers the id of this delivery that its signature covers. */
async function admit(options: HooksOptions, admission: Admission): Promise<string | undefined> {
  const { call, live, hook, flowId, body } = admission;
  const { clock, guard, log, secrets } = options;
  const place = { workspaceId: live.workspaceId, environment: 'production' } as const;
  const values = hook.secrets.length === 0 ? undefined : await secrets.reveal(place, hook.secrets);
  const verdict = verifyWebhook(hook.auth, {
    request: { headers: call.headers, body },
    secrets: [...(values?.values() ?? [])],
    now: clock.now(),
  });
  if (!verdict.isGenuine) {
    guard.noteRefusal(call.address);
    const { reason } = verdict;
    log.warn({ app: live.appId, flow: flowId, reason, address: call.address }, 'A webhook request was refused');
    throw new AppError('not-authenticated', {
      code: 'hook.refused',
      message: 'The request does not prove who sent it.',
      hint: 'Check the token, password or signature, and the clock of the sender.',
    });
  }
  return verdict.deliveryId;
}

async function payloadOf(
  call: HookCall,
  hook: WebhookSettings,
  bytes: Buffer,
): Promise<{ readonly sent: { readonly [name: string]: Json }; readonly files: readonly HookFile[] }> {
  const type = call.headers['content-type'];
  const { body, files } = await readHookBody(typeof type === 'string' ? type : undefined, bytes);
  if (hook.bodySchema !== undefined) checkBody(hook.bodySchema, body);
  const { auth } = hook;
  const secretHeaders = [
    auth.kind === 'token' ? auth.header : undefined,
    auth.kind === 'hmac' ? auth.header : undefined,
  ].flatMap((name) => (name === undefined ? [] : [name.toLowerCase()]));
  const headers = visibleHeaders(call.headers, secretHeaders);
  return { sent: { method: call.method, query: { ...call.query }, headers, body }, files };
}

// A pattern can take longer than anybody waits for it, and its text is chosen by whoever sends the body.
const unsafeKeywords = /"(?:pattern|patternProperties)"\s*:/;

function checkBody(schema: Readonly<Record<string, unknown>>, body: Json): void {
  if (unsafeKeywords.test(JSON.stringify(schema)))
    throw new AppError('unavailable', {
      code: 'hook.schema-unsafe',
      message: 'The schema of this webhook has patterns, which are not supported.',
      hint: 'Its builder can check texts in the flow instead.',
    });
  const problems = checkSchema(schema, body, '/body');
  if (problems.length === 0) return;
  throw inputError({
    code: 'hook.body-invalid',
    message: 'The body does not have the shape that this webhook takes.',
    hint: 'Correct the places that are named.',
    problems,
  });
}

function wait(replies: HookReplies, id: string, hook: WebhookSettings, gone: AbortSignal) {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), hook.timeoutMs);
  return {
    reply: replies.until(id, AbortSignal.any([over.signal, gone])),
    end: () => {
      clearTimeout(timer);
      over.abort();
    },
  };
}

const accepted = (run: string): HookReply => ({
  status: 202,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: { run },
});

function unknownHook(): AppError {
  return notFound({
    code: 'hook.unknown',
    message: 'There is no webhook at this address that takes this method.',
    hint: 'Check the address, and that the app is published.',
  });
}
