import type { Template, TemplateFacts } from './template.ts';

/** A trigger that asks a web service for what is new. */
export function flowTriggerTemplate({ id, title }: TemplateFacts): Template {
  return {
    description: 'A trigger that starts flows for what is new at a web service.',
    permissions: { networkFromSettings: true, secrets: true },
    files: [
      [
        'src/plugin.ts',
        `import { ticketCreated } from './ticket-created/index.ts';

// What the plugin brings. Loading this file does nothing else.
export const flowTriggers = [ticketCreated];
`,
      ],
      [
        'src/ticket-created/index.ts',
        `import { implementFlowTrigger } from '@fettle/sdk/server';
import { ticketCreatedManifest } from './manifest.ts';

/** The manifest with its code. */
export const ticketCreated = implementFlowTrigger(ticketCreatedManifest, async () => (await import('./server.ts')).ticketCreated);
`,
      ],
      [
        'src/ticket-created/manifest.ts',
        `import { defineFlowTrigger, secretSetting, setting, Type } from '@fettle/sdk';

/** Starts the flow for each new ticket. */
export const ticketCreatedManifest = defineFlowTrigger({
  id: '${id}/ticket-created',
  version: 1,
  title: 'When a ticket is created',
  description: 'Asks a web service for new tickets.',
  icon: 'ticket',
  category: '${title.replaceAll("'", '’')}',
  source: 'poll',
  summary: 'address',
  needs: { network: true, secrets: true },
  // Settings of triggers are never bound: nothing has started yet that an expression could speak of.
  settings: Type.Object({
    address: Type.Optional(
      setting(Type.String({ maxLength: 2000 }), {
        title: 'Address',
        description: 'It answers a JSON list of tickets, each with a number as "id".',
        ui: { placeholder: 'https://api.example.com/tickets', bindable: false },
      }),
    ),
    token: secretSetting({ title: 'Token' }),
    every: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 86_400 }), {
        title: 'Ask every',
        description: 'Seconds between two looks.',
        default: 30,
        ui: { bindable: false },
      }),
    ),
  }),
  needed: ['address'],
  // With another address it begins anew; with another token it goes on.
  cursorSettings: ['address'],
  payload: Type.Object({ id: Type.Integer(), title: Type.String() }),
  sample: { id: 7, title: 'The printer is on fire' },
});
`,
      ],
      [
        'src/ticket-created/server.ts',
        `import { inputError, upstreamError } from '@fettle/sdk';
import type { FlowPeekContext, FlowSourceImplementation } from '@fettle/sdk/server';

interface Ticket {
  readonly id: number;
  readonly title: string;
}

/** Works until it is told to stop. What it throws is shown, and it is run again after a while. */
export const ticketCreated: FlowSourceImplementation = {
  async run(context) {
    const { settings, cursor, signal, rest, connected, deliver } = context;
    while (!signal.aborted) {
      const tickets = await readTickets(context);
      connected();
      const last = Math.max(0, ...tickets.map(({ id }) => id));
      const place = cursor() as { readonly id: number } | undefined;
      // A new flow begins now: what is old starts nothing.
      const fresh = place === undefined ? [] : tickets.filter(({ id }) => id > place.id);
      if (place === undefined || fresh.length > 0)
        await deliver({
          // The key says which event it is, for good: of two with the same key the second starts nothing.
          events: fresh.map(({ id, title }) => ({ key: \`ticket \${id}\`, trigger: { id, title } })),
          cursor: { id: last },
          position: \`ticket \${last}\`,
        });
      await rest(Number(settings['every'] ?? 30) * 1000);
    }
  },
  /** What is shown to who builds a flow and presses "Try now": the newest. Nothing is taken away. */
  async peek(context) {
    const newest = (await readTickets(context)).toSorted((a, b) => b.id - a.id)[0];
    return newest === undefined ? undefined : { id: newest.id, title: newest.title };
  },
};

async function readTickets({ settings, secrets, fetch, signal }: FlowPeekContext): Promise<readonly Ticket[]> {
  const { address } = settings;
  if (typeof address !== 'string' || address === '')
    throw inputError({
      code: '${id}.address-missing',
      message: 'There is no address to ask.',
      hint: 'Enter one in the settings of the trigger.',
    });
  const token = secrets['token'];
  const headers: Record<string, string> = token === undefined ? {} : { authorization: \`Bearer \${token}\` };
  const { status, body } = await fetch(address, { method: 'GET', headers, signal, maxBytes: 1_000_000 });
  if (status !== 200)
    throw upstreamError({
      code: '${id}.refused',
      message: \`The service answers \${status}.\`,
      hint: 'Check the address and the token.',
    });
  return JSON.parse(new TextDecoder().decode(body)) as readonly Ticket[];
}
`,
      ],
      [
        'src/ticket-created/ticket-created.test.ts',
        `import { createTestSource, testFlowTriggerExtension } from '@fettle/sdk/testing';
import { expect, it } from 'vitest';
import { ticketCreated } from './index.ts';

// The contract of all flow triggers.
testFlowTriggerExtension(ticketCreated, {});

it('starts the flow once for each new ticket', async () => {
  const tickets = [{ id: 1, title: 'Old' }];
  const later = [
    () => tickets.push({ id: 2, title: 'New' }),
    // Nothing happened meanwhile.
    () => undefined,
  ];
  const source = createTestSource(ticketCreated, {
    settings: { address: 'https://api.example.com/tickets' },
    fetch: () => Promise.resolve({ status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(tickets)) }),
    onRest: () => {
      const next = later.shift();
      if (next === undefined) source.stop();
      else next();
    },
  });
  await source.run(ticketCreated);
  expect(source.events).toEqual([{ key: 'ticket 2', trigger: { id: 2, title: 'New' } }]);
  expect(source.context.cursor()).toEqual({ id: 2 });
});
`,
      ],
    ],
  };
}
