import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiPerson, findPostgres, launchBrowser, routes, type ApiPerson, type Command } from '@fettle/testing';
import { startManyProcesses, type ManyProcesses } from '../../harness/many-processes.ts';
import { ownerLogin } from '../../harness/server-process.ts';
import { openPage } from '../../harness/watched-page.ts';

const kills = 6;
/** A kill hurts only those who are being answered at that instant: kills go on until so many requests have failed. */
const enoughFailures = 3;
const mostKills = 40;
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What the product has said that it has. */
interface Acknowledged {
  readonly commands: Command[];
  readonly rows: string[];
  readonly files: { readonly id: string; readonly hash: string }[];
  readonly runs: string[];
}

// Two servers and a worker behind a proxy; one of the servers is killed again and again while people edit, write rows,
// upload files and start flows. They do what people and programs do: send the same thing again until it is acknowledged.
describe.skipIf((await findPostgres()) === undefined)('one of two servers dies in the middle of work', () => {
  let many: ManyProcesses;
  let owner: ApiPerson;
  let browser: Browser;
  let workspaceId = '';
  let dataSource = '';
  let app = { id: '', slug: '' };
  let screen = '';
  let root = '';
  let isWorking = true;
  let failures = 0;
  const acknowledged: Acknowledged = { commands: [], rows: [], files: [], runs: [] };

  beforeAll(async () => {
    many = await startManyProcesses();
    browser = await launchBrowser();
    owner = createApiPerson(many.url);
    await owner.signIn(ownerLogin.email, ownerLogin.password);
    const { user } = await owner.client.call(routes.account.session, {});
    workspaceId = user?.workspaces[0]?.id ?? '';
    const params = { workspaceId };
    const made = await owner.client.call(routes.dataSources.create, {
      params,
      body: { name: 'Tables', kind: 'internal' },
    });
    dataSource = made.dataSource.id;
    await owner.client.call(routes.dataSources.createTable, {
      params: { ...params, dataSource },
      body: { name: 'Items', fields: [{ name: 'Name', type: 'text', unique: true }] },
    });
    const from = { kind: 'tables' as const, dataSource, tables: ['Items'] };
    ({ app } = await owner.client.call(routes.apps.create, { params, body: { name: 'Items', from } }));
    const { client, revision } = await owner.client
      .call(routes.apps.draftApp, { params: { appId: app.id }, query: {} })
      .then(async (draft) => ({
        ...draft,
        ...(await owner.client.call(routes.apps.draft, { params: { appId: app.id } })),
      }));
    const [first] = Object.values(client.screens);
    screen = first?.id ?? '';
    root = first?.root ?? '';
    const flow = {
      id: 'flw_log',
      name: 'log',
      access: { roles: ['admin', 'basic'] },
      trigger: { type: 'core/manual', settings: {} },
      inputs: [{ name: 'number', type: 'integer' }],
      steps: [
        {
          id: 'stp_log',
          name: 'note',
          kind: 'action',
          type: 'core/log',
          settings: { message: '{{ trigger.number }}' },
        },
      ],
    };
    const added = await owner.client.call(routes.apps.edit, {
      params: { appId: app.id },
      body: { revision, requestId: 'story-first', commands: [{ type: 'flow.add', flow }] },
    });
    await owner.client.call(routes.apps.publish, { params: { appId: app.id }, body: { revision: added.revision } });
  });
  afterAll(async () => {
    await browser?.close();
    await many?.dispose();
  });

  /** Sends the same until there is an answer. */
  async function insist<T>(send: () => Promise<T>): Promise<T> {
    for (const end = Date.now() + 30_000; ;) {
      try {
        return await send();
      } catch (error) {
        failures += 1;
        if (Date.now() > end) throw error;
        await pause(20);
      }
    }
  }

  async function edit(): Promise<void> {
    const params = { appId: app.id };
    let { revision } = await insist(() => owner.client.call(routes.apps.draft, { params }));
    for (let number = 1; isWorking; number += 1) {
      const component = `cmp_text${number}`;
      const command: Command = {
        type: 'component.add',
        screen,
        parent: root,
        slot: 'children',
        index: 0,
        root: component,
        components: { [component]: { type: 'core/text', name: `text${number}`, settings: { text: `Text ${number}` } } },
      };
      const commands = [command] as unknown as Record<string, unknown>[];
      const body = { revision, requestId: `story-edit-${number}`, commands };
      ({ revision } = await insist(() => owner.client.call(routes.apps.edit, { params, body })));
      acknowledged.commands.push(command);
      await pause(40);
    }
  }

  async function writeRows(): Promise<void> {
    const params = { app: app.slug, dataSource, table: 'Items' };
    for (let number = 1; isWorking; number += 1) {
      const name = `row ${number}`;
      await insist(() =>
        owner.client
          .call(routes.apps.rows.create, {
            params,
            query: {},
            body: { rows: [{ Name: name }] },
          })
          // The name is taken: it was stored, and only the answer was lost.
          .catch((error: { kind?: string }) => {
            if (error.kind !== 'conflict') throw error;
          }),
      );
      acknowledged.rows.push(name);
      await pause(20);
    }
  }

  async function uploadOne(): Promise<void> {
    const bytes = randomBytes(700_000);
    const id = await insist(async () => {
      const form = new FormData();
      form.set('file', new File([bytes], 'some.bin'));
      const answer = await fetch(`${many.url}/api/workspaces/${workspaceId}/files`, {
        method: 'POST',
        headers: { cookie: owner.cookie(), origin: many.url },
        body: form,
      });
      if (!answer.ok) throw new TypeError(`Not taken: ${answer.status}`);
      return ((await answer.json()) as { file: { id: string } }).file.id;
    });
    acknowledged.files.push({ id, hash: sha(bytes) });
  }

  async function upload(): Promise<void> {
    while (isWorking) {
      await uploadOne();
      await pause(200);
    }
  }

  async function startRuns(): Promise<void> {
    for (let number = 1; isWorking; number += 1) {
      const body = { input: { number }, requestId: `run-${number}` };
      const { run } = await insist(() =>
        owner.client.call(routes.flows.start, { params: { app: app.slug, flow: 'flw_log' }, body }),
      );
      acknowledged.runs.push(run.id);
      await pause(60);
    }
  }

  it('keeps everything that was acknowledged, whichever server acknowledged it', async () => {
    const work = Promise.all([edit(), writeRows(), upload(), startRuns()]);
    const bursts: Promise<unknown>[] = [];
    for (let kill = 0; kill < kills || (failures < enoughFailures && kill < mostKills); kill += 1) {
      await pause(600);
      const victim = many.servers[kill % 2];
      // A quick server has nothing under way most of the time: it is killed in the middle of some uploads.
      bursts.push(Promise.all(Array.from({ length: 4 }, uploadOne)));
      await pause(10 + 5 * (kill % 4));
      await victim?.kill();
      await pause(400);
      await victim?.start();
    }
    isWorking = false;
    await work;
    await Promise.all(bursts);
    const counts = { ...acknowledged, failures, answered: many.counts() };
    console.log(
      Object.entries(counts).map(([name, list]) => `${name}: ${Array.isArray(list) ? list.length : String(list)}`),
    );
    // The kills must have struck, and both servers must have been asked.
    expect(failures).toBeGreaterThanOrEqual(enoughFailures);
    expect(Math.min(...many.counts())).toBeGreaterThan(50);

    const history = await owner.client.call(routes.apps.history, { params: { appId: app.id }, query: { since: 1 } });
    expect(history.commands.map(({ command }) => command)).toEqual(acknowledged.commands);

    const names: string[] = [];
    for (let offset = 0; ; offset += 200) {
      const page = await owner.client.call(routes.apps.rows.list, {
        params: { app: app.slug, dataSource, table: 'Items' },
        query: {},
        body: { limit: 200, offset, sort: [{ column: 'id', direction: 'ascending' }] },
      });
      names.push(...page.rows.map((row) => String(row['Name'])));
      if (page.rows.length < 200) break;
    }
    expect(names.toSorted()).toEqual(acknowledged.rows.toSorted());

    for (const { url } of many.servers) {
      for (const file of acknowledged.files) {
        const answer = await fetch(`${url}/api/workspaces/${workspaceId}/files/${file.id}`, {
          headers: { cookie: owner.cookie() },
        });
        expect(sha(new Uint8Array(await answer.arrayBuffer()))).toBe(file.hash);
      }
    }

    expect(new Set(acknowledged.runs).size).toBe(acknowledged.runs.length);
    const states = async (): Promise<readonly string[]> => {
      const read = acknowledged.runs.map((run) =>
        owner.client.call(routes.flows.run, { params: { appId: app.id, run }, query: { limit: 1 } }),
      );
      return [...new Set((await Promise.all(read)).map(({ run }) => run.state))];
    };
    await expect.poll(states, { timeout: 60_000, interval: 500 }).toEqual(['succeeded']);
  }, 600_000);

  it('serves people through the one that is left', async () => {
    await many.servers[0]?.kill();
    const visitor = await openPage(browser, many.url);
    const { page } = visitor;
    visitor.allow(/401 (GET|POST) /);
    // The stream that it held is cut off with the server, and opened anew.
    visitor.allow(/notifications\/live$/);
    await page.goto(`/apps/${app.slug}`);
    await page.getByLabel('E-mail').fill(ownerLogin.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(ownerLogin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page
      .getByText(/^row \d+$/)
      .first()
      .waitFor();
    // The other one comes back, and the first goes: the page that is open works on.
    await many.servers[0]?.start();
    await many.servers[1]?.kill();
    await page
      .getByPlaceholder('Search')
      .first()
      .fill(acknowledged.rows.at(-1) ?? '');
    await page
      .getByText(acknowledged.rows.at(-1) ?? '', { exact: true })
      .first()
      .waitFor();
    visitor.expectClean();
    await visitor.close();
  }, 300_000);
});
