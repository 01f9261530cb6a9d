import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '@fettle/testing';
import { startInstallation } from '../../e2e/harness/installation.ts';
import { ownerLogin } from '../../e2e/harness/server-process.ts';
import { checkFolder, formatFolder } from '../templates/check-folder.ts';
import { checkRoundTrip, installTemplate, longestInstallMs, runFlowTests } from '../templates/install.ts';
import { openScreens } from '../templates/open-screens.ts';
import { buildIfNeeded } from './build.ts';

// `pnpm templates [id…]`: everything that must hold for the templates of a folder, each in an installation of its own.
const usage = `pnpm templates [id…] [options]

Checks each template, installs it in a fresh installation, runs the tests of its flows and opens every screen on a
desktop and on a phone.

  --check          only what can be said without installing
  --format         write the files of the app as an export would, first
  --screenshots    put the pictures into the template's folder (else into a temporary one, of all screens)
  --keep           leave the installation running to look at it; ends with Ctrl+C
  --folder <path>  where the templates are (default: templates)`;

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    format: { type: 'boolean', default: false },
    screenshots: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    folder: { type: 'string', default: join(root, 'templates') },
    help: { type: 'boolean', default: false },
  },
});

async function examine(id: string, browser: () => Promise<Browser>): Promise<readonly string[]> {
  const folder = join(options.folder, id);
  if (options.format) await formatFolder(folder);
  const { template, problems } = await checkFolder(folder);
  if (template === undefined || options.check) return problems;
  const installation = await startInstallation({ settings: { FETTLE_TEMPLATES_DIR: options.folder } });
  try {
    const installed = await installTemplate(installation, template);
    const { milliseconds, slug } = installed;
    // A machine that is busy with something else is given another chance.
    const fastest =
      milliseconds > longestInstallMs
        ? Math.min(milliseconds, (await installTemplate(installation, template)).milliseconds)
        : milliseconds;
    const slow = fastest > longestInstallMs ? [`Installing took ${fastest} ms; at most ${longestInstallMs}.`] : [];
    const roundTrip = await checkRoundTrip(installation, template, installed);
    const tests = await runFlowTests(installation, installed);
    const pictures = options.screenshots
      ? { folder: join(folder, 'screenshots'), isComplete: false }
      : { folder: mkdtempSync(join(tmpdir(), `fettle-${id}-`)), isComplete: true };
    const screens = await openScreens(await browser(), installation, slug, template, pictures);
    console.log(
      `${id}: installed in ${milliseconds} ms; ${Object.keys(template.app.screens).length} screens; ${tests.passed} tests of flows passed; pictures in ${pictures.folder}`,
    );
    if (options.keep) {
      console.log(`Look at it: ${installation.server.url}/apps/${slug} (builder: ${installation.server.url})`);
      console.log(`Sign in as ${ownerLogin.email} with "${ownerLogin.password}". Ctrl+C ends it.`);
      await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
    }
    return [...problems, ...slow, ...roundTrip, ...tests.problems, ...screens];
  } finally {
    await installation.server.dispose();
  }
}

if (options.help) {
  console.log(usage);
  process.exit(0);
}
process.chdir(root);
const all = existsSync(options.folder)
  ? readdirSync(options.folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  : [];
const unknown = positionals.filter((id) => !all.includes(id));
if (unknown.length > 0) {
  console.error(`There is no template ${unknown.join(', ')}. There is: ${all.join(', ') || 'none'}.`);
  process.exit(2);
}
if (!options.check && process.env['FETTLE_E2E_BUILD'] !== 'no') await buildIfNeeded();
let opened: Promise<Browser> | undefined;
const browser = (): Promise<Browser> => (opened ??= launchBrowser());
let bad = 0;
for (const id of positionals.length > 0 ? positionals : all.toSorted()) {
  const problems = await examine(id, browser).catch((error: unknown) => [
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  ]);
  bad += problems.length > 0 ? 1 : 0;
  console.log(problems.length === 0 ? `${id}: fine` : `${id}: ${problems.length} problems`);
  for (const problem of problems) console.log(`  ${problem}`);
}
await opened?.then((found) => found.close());
process.exit(bad === 0 ? 0 : 1);
