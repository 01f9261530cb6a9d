import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '@fettle/base';
import { generateApp } from '@fettle/generator';
import { createServer, loadConfig, type WebFolders } from '@fettle/server';
import { builtIns } from './extensions.ts';

/** Runs Fettle: settings from the environment, the built pages, the built-in extensions. */
export async function main(): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(`Fettle cannot start. ${error.message}`);
    if (error.hint !== undefined) console.error(error.hint);
    process.exit(1);
  }
}

async function run(): Promise<void> {
  const config = loadConfig(process.env);
  const web = webFolders();
  const server = await createServer({
    config,
    connectors: builtIns.connectors,
    catalog: builtIns.catalog,
    flowActions: builtIns.flowActions,
    flowTriggers: builtIns.flowTriggers,
    generateApp: (input) => generateApp(input),
    ...(web === undefined ? {} : { web }),
    templatesFolder,
  });
  console.log(`Fettle is ready at ${server.url}`);
  if (server.setupToken !== undefined) {
    console.log(`Set it up at ${server.url}/?token=${server.setupToken}`);
    console.log(`Setup token: ${server.setupToken}`);
  }
  let isStopping = false;
  const stop = (): void => {
    // A second signal does not wait for requests that still run.
    if (isStopping) process.exit(1);
    isStopping = true;
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** The templates lie in the repository, beside the packages: the same place for the sources and for what is built of them. */
const templatesFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../templates' : '../../../../templates', import.meta.url),
);

/** The built pages: beside the built server, or in the build's folder. In development Vite serves them instead. */
function webFolders(): WebFolders | undefined {
  const place = import.meta.url.endsWith('.ts') ? '../dist/web' : '../web';
  const folder = (name: string): string => fileURLToPath(new URL(`${place}/${name}`, import.meta.url));
  const renderer = folder('../renderer/renderer.js');
  const frame = folder('frame/frame.js');
  const folders = {
    builder: folder('builder'),
    app: folder('app'),
    ...(existsSync(renderer) ? { renderer } : {}),
    ...(existsSync(frame) ? { frame } : {}),
  };
  return existsSync(`${folders.builder}/index.html`) && existsSync(`${folders.app}/index.html`) ? folders : undefined;
}

if (import.meta.main) await main();
