import { Type } from 'typebox';
import { inputError, type Json } from '@fettle/base';
import { defineFlowAction, setting, type FlowActionManifest } from '@fettle/sdk';
import { implementFlowAction, type FlowActionContext, type FlowActionExtension } from '@fettle/sdk/server';

/** What test actions did to the outside, in order. */
export interface TestEffect {
  readonly key: string;
  readonly value: Json;
}

const any = Type.Optional(Type.Unknown());
const base = { version: 1, description: '', icon: 'box', category: 'Test', output: Type.Unknown(), sample: 'example' };

const manifests = {
  echo: defineFlowAction({
    ...base,
    id: 'test/echo',
    title: 'Echo',
    effect: 'none',
    settings: Type.Object({ value: any }),
  }),
  effect: defineFlowAction({
    ...base,
    id: 'test/effect',
    title: 'Effect',
    effect: 'outside',
    settings: Type.Object({ value: any, ms: Type.Optional(Type.Integer({ default: 0 })) }),
  }),
  fail: defineFlowAction({ ...base, id: 'test/fail', title: 'Fail', effect: 'none', settings: Type.Object({}) }),
  shaky: defineFlowAction({
    ...base,
    id: 'test/shaky',
    title: 'Effect that fails while there is trouble',
    effect: 'outside',
    settings: Type.Object({ value: any }),
  }),
  tell: defineFlowAction({
    ...base,
    id: 'test/tell',
    title: 'Tell a secret',
    effect: 'none',
    settings: Type.Object({
      token: setting(Type.String(), { title: 'Token', ui: { secret: true } }),
      fails: Type.Optional(Type.Boolean()),
    }),
  }),
  respond: defineFlowAction({
    ...base,
    id: 'test/respond',
    title: 'Respond',
    effect: 'outside',
    settings: Type.Object({ status: any, headers: any, body: any }),
  }),
  notify: defineFlowAction({
    ...base,
    id: 'test/notify',
    title: 'Notify',
    effect: 'outside',
    settings: Type.Object({ to: any, title: any, body: any, link: any, key: any }),
  }),
  readFile: defineFlowAction({
    ...base,
    id: 'test/read-file',
    title: 'Read a file',
    effect: 'read',
    settings: Type.Object({ file: any }),
  }),
  createRow: defineFlowAction({
    ...base,
    id: 'test/create-row',
    title: 'Create a row',
    effect: 'write',
    uses: { tables: [{ setting: 'table', actions: ['create'] }] },
    settings: Type.Object({
      table: Type.Object({ dataSource: Type.String(), table: Type.String() }),
      /** Another table than the one that is declared: what a hostile action would try. */
      other: Type.Optional(Type.String()),
      values: Type.Record(Type.String(), Type.Unknown()),
    }),
  }),
} as const;

/** Manifests of the test actions. */
export const testActionManifests: readonly FlowActionManifest[] = Object.values(
  manifests,
) as unknown as readonly FlowActionManifest[];

/** Flow actions for tests of the server: `effects` holds what reached the outside. */
export function createTestActions(): {
  readonly extensions: readonly FlowActionExtension[];
  readonly effects: TestEffect[];
  /** Values for which `test/shaky` fails. */
  readonly trouble: Set<Json>;
} {
  const effects: TestEffect[] = [];
  const trouble = new Set<Json>();
  const action = (manifest: unknown, run: (context: FlowActionContext) => Promise<Json>): FlowActionExtension =>
    implementFlowAction(manifest as FlowActionManifest, () => Promise.resolve({ run }));
  return {
    effects,
    trouble,
    extensions: [
      action(manifests.echo, ({ settings }) => Promise.resolve(settings['value'] ?? null)),
      action(manifests.effect, async ({ settings, idempotencyKey, signal }) => {
        await wait(Number(settings['ms'] ?? 0), signal);
        effects.push({ key: idempotencyKey, value: settings['value'] ?? null });
        return settings['value'] ?? null;
      }),
      action(manifests.readFile, async ({ settings, files }) => {
        const { bytes } = await files.read(String(settings['file']));
        return Buffer.from(bytes).toString('base64');
      }),
      action(manifests.fail, () => Promise.reject(inputError({ code: 'test.failed', message: 'It did not work.' }))),
      action(manifests.shaky, ({ settings, idempotencyKey }) => {
        const value = settings['value'] ?? null;
        if (trouble.has(value))
          return Promise.reject(inputError({ code: 'test.trouble', message: 'There is trouble.' }));
        effects.push({ key: idempotencyKey, value });
        return Promise.resolve(value);
      }),
      action(manifests.tell, async ({ settings, secrets, log }) => {
        const token = secrets['token'] ?? '';
        effects.push({ key: '', value: token });
        log('info', `Signing in with ${token}`, { header: { authorization: `Bearer ${token}` } });
        if (settings['fails'] === true)
          throw inputError({ code: 'test.failed', message: `The token ${token} is not known.`, details: { token } });
        return { echoed: [`Bearer ${token}`], length: token.length };
      }),
      action(manifests.respond, ({ settings, platform }) =>
        platform.respond({
          status: Number(settings['status'] ?? 200),
          headers: (settings['headers'] ?? { 'content-type': 'application/json' }) as Record<string, string>,
          body: settings['body'] ?? null,
        }),
      ),
      action(manifests.notify, ({ settings, platform }) =>
        platform.notify(settings as unknown as Parameters<typeof platform.notify>[0]),
      ),
      action(manifests.createRow, async ({ settings, data }) => {
        const { dataSource, table } = settings['table'] as { readonly dataSource: string; readonly table: string };
        const rows = await data.create(dataSource, (settings['other'] as string | undefined) ?? table, [
          settings['values'] as never,
        ]);
        return rows as unknown as Json;
      }),
    ],
  };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
