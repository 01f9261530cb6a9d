import type { Template, TemplateFacts } from './template.ts';

/** A flow action that asks a web service. */
export function flowActionTemplate({ id, title }: TemplateFacts): Template {
  return {
    description: 'A flow action that asks a web service whether it answers.',
    permissions: { networkFromSettings: true },
    files: [
      [
        'src/plugin.ts',
        `import { checkService } from './check-service/index.ts';

// What the plugin brings. Loading this file does nothing else.
export const flowActions = [checkService];
`,
      ],
      [
        'src/check-service/index.ts',
        `import { implementFlowAction } from '@fettle/sdk/server';
import { checkServiceManifest } from './manifest.ts';

/** The manifest with its code. */
export const checkService = implementFlowAction(checkServiceManifest, async () => (await import('./server.ts')).checkService);
`,
      ],
      [
        'src/check-service/manifest.ts',
        `import { defineFlowAction, setting, Type } from '@fettle/sdk';

/** Asks a web address and tells how it answers. */
export const checkServiceManifest = defineFlowAction({
  id: '${id}/check-service',
  version: 1,
  title: 'Check a service',
  description: 'Asks a web address and tells how it answers.',
  icon: 'world',
  category: '${title.replaceAll("'", '’')}',
  effect: 'read',
  summary: 'address',
  needs: { network: true },
  settings: Type.Object({
    address: Type.Optional(
      setting(Type.String({ maxLength: 2000 }), {
        title: 'Address',
        ui: { placeholder: 'https://status.example.com' },
      }),
    ),
  }),
  output: Type.Object({ isUp: Type.Boolean(), status: Type.Integer() }),
  sample: { isUp: true, status: 200 },
});
`,
      ],
      [
        'src/check-service/server.ts',
        `import { inputError } from '@fettle/sdk';
import type { FlowActionImplementation } from '@fettle/sdk/server';

/** What the action does. \`fetch\` goes through the server, to the hosts that the plugin may reach. */
export const checkService: FlowActionImplementation = {
  async run({ settings, fetch, signal }) {
    signal.throwIfAborted();
    const { address } = settings;
    if (typeof address !== 'string' || address === '')
      throw inputError({
        code: '${id}.address-missing',
        message: 'There is no address to ask.',
        hint: 'Enter one in the settings of the step.',
      });
    const { status } = await fetch(address, { method: 'GET', headers: {}, signal, maxBytes: 1_000_000 });
    return { isUp: status < 500, status };
  },
};
`,
      ],
      [
        'src/check-service/check-service.test.ts',
        `import { testFlowActionExtension } from '@fettle/sdk/testing';
import { expect, it } from 'vitest';
import { checkService } from './index.ts';

// The contract of all flow actions, with an example that works.
const answers = { status: 200, headers: {}, body: new Uint8Array() };
testFlowActionExtension(checkService, {
  example: () => ({ settings: { address: 'https://status.example.com' }, fetch: () => Promise.resolve(answers) }),
});

it('is down when the service fails', async () => {
  const { createTestFlowContext } = await import('@fettle/sdk/testing');
  const { context } = createTestFlowContext({
    settings: { address: 'https://status.example.com' },
    fetch: () => Promise.resolve({ ...answers, status: 503 }),
  });
  expect(await (await checkService.load()).run(context)).toEqual({ isUp: false, status: 503 });
});
`,
      ],
    ],
  };
}
