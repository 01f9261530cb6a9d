import { createHash } from 'node:crypto';
import { Buffer } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { AppError, notFound, type Clock } from '@fettle/base';
import type { PluginManifest } from '@fettle/sdk/plugin';
import { createExpiringCache } from '../../../caching/expiring-cache.ts';
import type { PluginsOf } from '../../../extensions/workspace-extensions.ts';
import type { UnpackedPlugins } from '../process/unpacked-plugins.ts';
import { frameDocument } from './frame-document.ts';
import type { PluginComponent } from './plugin-component.ts';

/** What is asked for: see `apps.componentCode`. */
export interface AskedCode {
  readonly plugin: string;
  readonly code: string;
  readonly file: 'module.js' | 'frame.html';
}

/** The code of components, for the browsers of those who may open an app of the workspace. */
export interface ComponentCode {
  /** A name for the code of an archive. It differs when what is sent does. */
  nameOf(integrity: string, isTrusted: boolean): string;
  send(workspaceId: string, asked: AskedCode, response: ServerResponse): Promise<void>;
}

interface Sent {
  readonly body: Buffer;
  /** Made when somebody first asks for it so: the document of a frame is a quarter of a million characters. */
  readonly packed: Map<Encoding, Promise<Buffer>>;
  readonly headers: Readonly<Record<string, string>>;
}

type Encoding = 'br' | 'gzip';

const pack: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  // Higher takes five times as long and saves a fiftieth; whoever writes a plugin waits for it after each save.
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
};

/** What browsers may keep: another code has another address. */
const forGood = 'private, max-age=31536000, immutable';
/** Changes when what is made of a plugin's code does. */
const format = '1';

/** Makes it. `frameRuntime` is the script that components in frames run on; absent: this server has no pages. */
export function createComponentCode(options: {
  readonly clock: Clock;
  readonly pluginsOf: PluginsOf;
  readonly unpacked: UnpackedPlugins;
  readonly frameRuntime: string | undefined;
}): ComponentCode {
  const { clock, pluginsOf, unpacked, frameRuntime = '' } = options;
  const runtimeSum = createHash('sha256').update(frameRuntime).digest('hex');
  const kept = createExpiringCache<Sent>({ clock, maxAgeMs: Number.POSITIVE_INFINITY, maxEntries: 40 });

  const make = async (workspaceId: string, component: PluginComponent, file: AskedCode['file']): Promise<Sent> => {
    const files = await unpacked.filesOf({ workspaceId, integrity: component.integrity });
    const manifest = JSON.parse(text(files.get('fettle.plugin.json'))) as PluginManifest;
    const script = text(files.get(manifest.browser ?? ''));
    if (file === 'module.js')
      return {
        packed: new Map(),
        body: Buffer.from(`${script}\nexport const components = FettlePlugin.components;\n`),
        headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': forGood },
      };
    if (frameRuntime === '') throw noPages();
    const { html, policy } = frameDocument({ runtime: frameRuntime, plugin: script }, component.hosts);
    return {
      packed: new Map(),
      body: Buffer.from(html),
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': policy,
        'X-DNS-Prefetch-Control': 'off',
        'Cache-Control': forGood,
      },
    };
  };
  return {
    nameOf: (integrity, isTrusted) =>
      createHash('sha256')
        .update([format, integrity, isTrusted ? 'module' : runtimeSum].join('\n'))
        .digest('hex')
        .slice(0, 32),
    async send(workspaceId, { plugin, code, file }, response) {
      const component = componentOf(pluginsOf(workspaceId)?.components.values(), plugin);
      if (component === undefined || component.code !== code) throw otherCode();
      // Only what an admin trusts is handed out as a module that an app would run.
      if ((file === 'module.js') !== component.isTrusted) throw otherCode();
      const sent = await kept.get(`${workspaceId} ${code} ${file}`, () => make(workspaceId, component, file));
      const encoding = encodingFor(response.req.headers['accept-encoding']);
      const body = encoding === undefined ? sent.body : await packedBody(sent, encoding);
      for (const [name, value] of Object.entries(sent.headers)) response.setHeader(name, value);
      response.appendHeader('Vary', 'Accept-Encoding');
      if (encoding !== undefined) response.setHeader('Content-Encoding', encoding);
      response.writeHead(200, { 'Content-Length': String(body.length) }).end(body);
    },
  };
}

function encodingFor(accepted: string | string[] | undefined): Encoding | undefined {
  return (['br', 'gzip'] as const).find((name) =>
    new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\b)`).test(String(accepted ?? '')),
  );
}

function packedBody({ body, packed }: Sent, encoding: Encoding): Promise<Buffer> {
  const known = packed.get(encoding) ?? pack[encoding](body);
  packed.set(encoding, known);
  return known;
}

function componentOf(components: Iterable<unknown> | undefined, plugin: string): PluginComponent | undefined {
  for (const one of components ?? []) if ((one as PluginComponent).plugin === plugin) return one as PluginComponent;
  return undefined;
}

function text(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes).toString('utf8');
}

const otherCode = () =>
  notFound({
    code: 'plugin.other-code',
    message: 'The plugin was changed, turned off or removed meanwhile.',
    hint: 'Open the page again.',
  });

const noPages = () =>
  new AppError('unavailable', {
    code: 'plugin.no-frames',
    message: 'This server has no pages, so components cannot run in frames.',
    hint: 'Build the pages: npx -y pnpm@12 build',
  });
