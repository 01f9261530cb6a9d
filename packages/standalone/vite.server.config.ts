import { createRequire, isBuiltin } from 'node:module';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** These load parts of themselves (drivers their codecs, PDF its fonts) at run time, so they stay where they are installed. */
const installed = new Set(['pg', 'pg-cursor', 'mysql2', 'pdfmake', 'ssh2', 'tedious', 'vite', 'vitest']);

/** The programs that run on Node, by `--mode`: the server, and the command line. */
const programs = {
  server: {
    output: here('./dist/server'),
    input: {
      main: here('./src/main.ts'),
      'sqlite-worker': here('../connectors/src/sqlite/worker.ts'),
      'action-thread': here('../actions/src/off-thread/thread.ts'),
      'script-child': here('../server/src/scripts/script-child.ts'),
      'plugin-child': here('../server/src/features/plugins/process/child/plugin-child.ts'),
    },
  },
  cli: { output: here('../cli/dist'), input: { fettle: here('../cli/src/main.ts') } },
};

/** Drivers that libraries know and we do not use. */
const optional = new Set(['better-sqlite3', 'mariadb', 'mysql', 'oracledb', 'pg-native', 'pg-query-stream', 'sqlite3']);

/** Points at installed packages from the folder of the build, which is not in the package that depends on them. */
function keepInstalled(output: string): Plugin {
  // All files of a build lie in one folder, so that this holds for each of them.
  const fromOutput = (path: string): string => relative(output, path).split(sep).join('/');
  return {
    name: 'fettle-keep-installed',
    enforce: 'pre',
    resolveId(source, importer) {
      if (isBuiltin(source)) return { id: source, external: true };
      const name = source.split('/')[0] ?? '';
      if (importer === undefined) return undefined;
      if (optional.has(name)) return { id: source, external: true };
      return installed.has(name)
        ? { id: fromOutput(createRequire(importer).resolve(source)), external: true }
        : undefined;
    },
  };
}

/**
 * The processes of scripts and plugins may read their own file and nothing else of ours. The bundler has every entry
 * import its runtime, also those that use nothing of it; an import that is needed is an error here, not on somebody's
 * server.
 */
const standAlone: Plugin = {
  name: 'fettle-stand-alone',
  generateBundle(_options, bundle) {
    for (const name of ['script-child.js', 'plugin-child.js']) {
      const chunk = bundle[name];
      if (chunk?.type !== 'chunk') return this.error(`The bundle has no ${name}.`);
      chunk.code = chunk.code.replace(/^import "\.\/rolldown-runtime[^"]*";\n/, '');
      if (/^import .*"\.\.?\//m.test(chunk.code)) return this.error(`${name} must import nothing of ours.`);
    }
    return undefined;
  },
};

/**
 * A program as a few files of JavaScript: it starts faster and takes less memory than from its sources, whose types
 * would be stripped at every start.
 */
export default defineConfig(({ mode }) => {
  const { input, output } = mode === 'cli' ? programs.cli : programs.server;
  return {
    root: here('.'),
    plugins: [keepInstalled(output), ...(mode === 'cli' ? [] : [standAlone])],
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: output,
      emptyOutDir: true,
      target: 'node20',
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input,
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
});
