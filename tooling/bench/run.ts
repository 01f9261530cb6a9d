import { cpus } from 'node:os';
import { findPostgres } from '@fettle/testing';
import { buildIfNeeded } from '../scripts/build.ts';
import { createBenchTable, dropBenchTable } from './bench-table.ts';
import { measureBrowser } from './browser.ts';
import { measureRequests } from './measure-requests.ts';
import { measureMemoryInUse, measureMemoryOfFiles, measureStart } from './measure-start.ts';
import { measureFlows } from './flows/measure-flows.ts';
import { measureQueue } from './flows/measure-queue.ts';
import { measureRowLoop } from './flows/measure-row-loop.ts';
import { measureSchedules } from './flows/measure-schedules.ts';
import { measurePluginDev } from './measure-plugin-dev.ts';
import { readOptions } from './options.ts';
import { openProduct } from './product.ts';
import { printFigures, type Figure } from './report.ts';

// `pnpm bench [--quick] [--only=<case>,…]`: see docs/benchmarks.md.
const options = readOptions(process.argv.slice(2));
if (!process.argv.includes('--no-build')) await buildIfNeeded();
const database = await findPostgres();
if (database === undefined) throw new Error('The benchmark needs PostgreSQL: set FETTLE_TEST_POSTGRES_URL.');
const processors = cpus();
console.log(`Node ${process.version}, ${processors.length} × ${processors[0]?.model ?? 'unknown processor'}`);

const figures: Figure[] = [];
const add = (more: readonly Figure[]): void => {
  figures.push(...more);
  for (const { what, measured, details } of more)
    console.log(`${what}: ${measured}${details === undefined ? '' : ` (${details})`}`);
};
await createBenchTable(database);
try {
  if (options.wants('flow')) add(await measureFlows(database, options));
  if (options.wants('flow-rows')) add(await measureRowLoop(database));
  if (options.wants('flow-schedules')) add(await measureSchedules(database));
  if (options.wants('flow-queue')) add(await measureQueue(database, options));
  if (options.wants('start')) add(await measureStart(options));
  if (options.wants('plugin-dev')) add(await measurePluginDev(options));
  const product = await openProduct(database);
  try {
    if (options.wants('memory')) {
      add(await measureMemoryInUse(product));
      add(await measureMemoryOfFiles(product));
    }
    add(await measureRequests(database, product, options));
    if (options.wants('page') || options.wants('canvas')) add(await measureBrowser(product, options));
  } finally {
    await product.stop();
  }
} finally {
  await dropBenchTable(database);
}
printFigures(figures);
process.exitCode = figures.every(({ holds }) => holds) ? 0 : 1;
