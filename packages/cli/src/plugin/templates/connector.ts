import type { Template, TemplateFacts } from './template.ts';

/** A connector that reads tables of a web service. */
export function connectorTemplate({ id, title }: TemplateFacts): Template {
  return {
    description: 'A connector that shows what a web service answers as a table.',
    permissions: { networkFromSettings: true, secrets: true },
    files: [
      [
        'src/plugin.ts',
        `import { tickets } from './tickets/index.ts';

// What the plugin brings. Loading this file does nothing else.
export const connectors = [tickets];
`,
      ],
      [
        'src/tickets/index.ts',
        `import { implementConnector } from '@fettle/sdk/server';
import { ticketsManifest } from './manifest.ts';

/** The manifest with its code. */
export const tickets = implementConnector(ticketsManifest, async () => (await import('./server.ts')).tickets);
`,
      ],
      [
        'src/tickets/manifest.ts',
        `import { defineConnector, setting, Type } from '@fettle/sdk';

/** Reads tickets from a web service. */
export const ticketsManifest = defineConnector({
  id: '${id}/tickets',
  version: 1,
  title: '${title.replaceAll("'", '’')}',
  description: 'Reads tickets from a web service.',
  icon: 'ticket',
  category: 'Web',
  needs: { network: true, secrets: true },
  capabilities: {
    tables: true,
    writes: false,
    transactions: false,
    relations: false,
    aggregates: true,
    structure: false,
  },
  queryKinds: [],
  destination: ['address'],
  settings: Type.Object({
    address: setting(Type.String({ minLength: 1, maxLength: 2000 }), {
      title: 'Address',
      description: 'It answers a JSON list of tickets.',
      ui: { placeholder: 'https://api.example.com/tickets' },
    }),
    token: Type.Optional(setting(Type.String({ maxLength: 2000 }), { title: 'Token', ui: { secret: true, editor: 'password' } })),
  }),
});
`,
      ],
      [
        'src/tickets/server.ts',
        `import { upstreamError, type Row } from '@fettle/sdk';
import { openRowTables, type ConnectorContext, type ConnectorImplementation } from '@fettle/sdk/server';

/** Reads everything the service has; the SDK filters, sorts and pages it. */
async function readTickets({ settings, secrets, fetch }: ConnectorContext, signal: AbortSignal): Promise<readonly Row[]> {
  const { status, body } = await fetch(String(settings['address']), {
    method: 'GET',
    headers: {
      accept: 'application/json',
      ...(secrets['token'] === undefined ? {} : { authorization: \`Bearer \${secrets['token']}\` }),
    },
    signal,
    maxBytes: 5_000_000,
  });
  if (status !== 200)
    throw upstreamError({
      code: '${id}.refused',
      message: \`The service answers \${status}.\`,
      hint: 'Check the address and the token.',
    });
  return JSON.parse(new TextDecoder().decode(body)) as readonly Row[];
}

/** The connector's code. */
export const tickets: ConnectorImplementation = {
  open: (context) =>
    openRowTables([
      {
        id: 'tickets',
        primaryKey: ['id'],
        labelColumn: 'title',
        columns: { id: 'integer', title: 'text', state: 'text', opened: 'timestamp' },
        read: (signal) => readTickets(context, signal),
      },
    ]),
};
`,
      ],
      [
        'src/tickets/tickets.test.ts',
        `import { testReadingConnector } from '@fettle/sdk/testing';
import { tickets } from './index.ts';

const answer = [
  { id: 1, title: 'Printer on fire', state: 'open', opened: '2026-01-02T08:00:00.000Z' },
  { id: 2, title: 'No coffee', state: 'closed', opened: '2026-01-03T09:30:00.000Z' },
];

// The contract of all connectors that read, with a service that answers two tickets.
testReadingConnector(tickets, {
  example: () => ({
    settings: { address: 'https://api.example.com/tickets' },
    fetch: () =>
      Promise.resolve({ status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(answer)) }),
  }),
});
`,
      ],
    ],
  };
}
