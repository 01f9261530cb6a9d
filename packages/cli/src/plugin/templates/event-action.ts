import type { Template, TemplateFacts } from './template.ts';

/** An event action that asks a web service. */
export function eventActionTemplate({ id, title }: TemplateFacts): Template {
  return {
    description: 'An event action for buttons that asks a web service whether it answers.',
    permissions: { networkFromSettings: true },
    files: [
      [
        'src/plugin.ts',
        `import { checkService } from './check-service/index.ts';

// What the plugin brings. Loading this file does nothing else.
export const eventActions = [checkService];
`,
      ],
      [
        'src/check-service/index.ts',
        `import { implementServerEventAction } from '@fettle/sdk/server';
import { checkServiceManifest } from './manifest.ts';

/** The manifest with its code. */
export const checkService = implementServerEventAction(
  checkServiceManifest,
  async () => (await import('./server.ts')).checkService,
);
`,
      ],
      [
        'src/check-service/manifest.ts',
        `import { defineEventAction, setting, Type } from '@fettle/sdk';

/** Asks a web address and tells how it answers. */
export const checkServiceManifest = defineEventAction({
  id: '${id}/check-service',
  version: 1,
  title: 'Check a service now',
  description: 'Asks a web address. In the actions that follow, result says how it answered.',
  icon: 'world',
  category: '${title.replaceAll("'", '’')}',
  needs: { network: true },
  settings: Type.Object({
    // Not bindable: whoever uses an app could otherwise choose whom the server asks.
    address: Type.Optional(
      setting(Type.String({ maxLength: 2000 }), {
        title: 'Address',
        ui: { placeholder: 'https://status.example.com', bindable: false },
      }),
    ),
    slowMs: Type.Optional(setting(Type.Integer({ minimum: 1 }), { title: 'Slow from, in ms', default: 1000 })),
  }),
  result: Type.Object({ isUp: Type.Boolean(), isSlow: Type.Boolean(), status: Type.Integer() }),
  server: { effect: 'read', timeoutMs: 20_000 },
});
`,
      ],
      [
        'src/check-service/server.ts',
        `import { inputError } from '@fettle/sdk';
import type { ServerEventActionImplementation } from '@fettle/sdk/server';

/** What the action does, on the server. \`fetch\` reaches the hosts that the plugin may reach. */
export const checkService: ServerEventActionImplementation = {
  async run({ settings, fetch, signal, now }) {
    signal.throwIfAborted();
    const { address, slowMs } = settings;
    if (typeof address !== 'string' || address === '')
      throw inputError({
        code: '${id}.address-missing',
        message: 'There is no address to ask.',
        hint: 'Whoever built the app can enter one in the settings of the action.',
      });
    const startedAt = now();
    const { status } = await fetch(address, { method: 'GET', headers: {}, signal, maxBytes: 1_000_000 });
    return { isUp: status < 500, isSlow: now() - startedAt >= Number(slowMs), status };
  },
};
`,
      ],
      [
        'src/check-service/check-service.test.ts',
        `import { createTestEventActionContext, testEventActionExtension } from '@fettle/sdk/testing';
import { expect, it } from 'vitest';
import { checkService } from './index.ts';

// The contract of all event actions, with an example that works.
const answers = { status: 200, headers: {}, body: new Uint8Array() };
const settings = { address: 'https://status.example.com', slowMs: 1000 };
testEventActionExtension(checkService, {
  example: () => ({ settings, fetch: () => Promise.resolve(answers) }),
});

it('is down when the service fails', async () => {
  const { context } = createTestEventActionContext({
    settings,
    fetch: () => Promise.resolve({ ...answers, status: 503 }),
  });
  expect(await (await checkService.load()).run(context)).toEqual({ isUp: false, isSlow: false, status: 503 });
});
`,
      ],
    ],
  };
}
