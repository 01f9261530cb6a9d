import { basename } from 'node:path';
import { AppError } from '@fettle/base';
import { componentsEntry } from './project.ts';

/** The modules that components get from the page or their frame, which has them once. */
const shared = ['react', 'react/jsx-runtime', 'react-dom', '@fettle/sdk', '@fettle/sdk/react'] as const;

/** The code of a project's components as one script, which puts what it brings into `FettlePlugin`. */
export async function bundleComponents(folder: string, id: string): Promise<Uint8Array> {
  const { build } = await import('vite');
  try {
    const result = await build({
      configFile: false,
      root: folder,
      logLevel: 'silent',
      publicDir: false,
      mode: 'production',
      define: { 'process.env.NODE_ENV': '"production"' },
      oxc: { jsx: { runtime: 'automatic', development: false } },
      css: {
        // By what they are called in the project: the same sources give the same names on every machine.
        modules: { generateScopedName: (name, file) => `${id}-${basename(file).split('.')[0] ?? ''}-${name}` },
      },
      build: {
        write: false,
        target: 'es2023',
        minify: false,
        sourcemap: false,
        cssCodeSplit: false,
        lib: { entry: componentsEntry, formats: ['iife'], name: 'FettlePlugin', fileName: () => 'browser.js' },
        rolldownOptions: {
          external: [...shared],
          output: {
            globals: Object.fromEntries(shared.map((name) => [name, `FettleShared[${JSON.stringify(name)}]`])),
          },
        },
      },
    });
    const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []));
    const script = outputs.find((file) => file.type === 'chunk');
    const styles = outputs.flatMap((file) =>
      file.type === 'asset' && file.fileName.endsWith('.css') ? [text(file.source)] : [],
    );
    return Buffer.from(`${styleScript(id, styles.join('\n'))}${script?.type === 'chunk' ? script.code : ''}`);
  } catch (cause) {
    throw new AppError('input', {
      code: 'plugin.build-failed',
      message: `The components cannot be built. ${(cause as Error).message}`.slice(0, 4000),
      hint: `Correct the code. What they are is exported by ${componentsEntry}.`,
      cause,
    });
  }
}

function text(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : Buffer.from(source).toString('utf8');
}

/** Puts the styles into the page, in the place of those of an earlier build. */
function styleScript(id: string, styles: string): string {
  if (styles === '') return '';
  const name = JSON.stringify(id);
  return `(() => {
  for (const old of document.querySelectorAll('style[data-fettle-plugin=' + ${JSON.stringify(name)} + ']')) old.remove();
  const style = document.createElement('style');
  style.dataset.fettlePlugin = ${name};
  style.textContent = ${JSON.stringify(styles)};
  document.head.append(style);
})();
`;
}
