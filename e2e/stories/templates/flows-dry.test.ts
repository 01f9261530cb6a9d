import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/testing';
import { startInstallation, type Installation } from '../../harness/installation.ts';

// Tests of flows mock what steps read and write: whether a flow may do so, and names columns that are there, shows when
// it runs. Here each flow of each template runs dry on the sample rows, as its tests would start it.
const folder = fileURLToPath(new URL('../../../templates', import.meta.url));
const templates = readdirSync(folder).filter((name) => /^[a-z-]+$/.test(name));

/** What the sample rows may lack, and what a flow refuses by itself: no fault of its rights or columns. */
const excused = /^(row\.|flow\.stopped$)/;

interface Part {
  readonly id: string;
  readonly flow: string;
  readonly trigger?: unknown;
  readonly disabled?: boolean;
}

function read(template: string, part: 'flows' | 'flow-tests'): readonly Part[] {
  const path = join(folder, template, 'app', part);
  return readdirSync(path).map((file) => JSON.parse(readFileSync(join(path, file), 'utf8')) as Part);
}

describe('the flows of templates', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await startInstallation();
  });
  afterAll(() => installation?.server.dispose());

  it.each(templates)(
    'of %s run dry on its sample rows',
    async (template) => {
      const { client } = installation.owner;
      const { workspaceId } = installation;
      const { app } = await client.call(routes.templates.install, {
        params: { workspaceId, template },
        body: { sampleRows: 'development' },
      });
      const tests = read(template, 'flow-tests');
      const faults: string[] = [];
      let count = 0;
      for (const flow of read(template, 'flows')) {
        const triggers = [
          ...new Set(tests.filter((test) => test.flow === flow.id).map(({ trigger }) => JSON.stringify(trigger ?? {}))),
        ];
        for (const trigger of triggers) {
          const { run } = await client.call(routes.flows.startDraft, {
            params: { appId: app.id, flow: flow.id },
            body: { trigger: JSON.parse(trigger), isDryRun: true, waitMs: 20_000 },
          });
          count += 1;
          if (run.state === 'failed' && !excused.test(run.error?.code ?? ''))
            faults.push(`${flow.id}: ${run.error?.code} ${run.error?.message} (${run.error?.step ?? ''})`);
        }
      }
      expect(count).toBeGreaterThan(0);
      expect(faults).toEqual([]);
    },
    120_000,
  );
});
