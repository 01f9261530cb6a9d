import { registerHooks } from 'node:module';
import { appError } from './plugin-errors.ts';

// Modules of Node that reach nothing.
const harmless = new Set(
  'assert assert/strict buffer crypto events path path/posix querystring stream stream/promises stream/web string_decoder timers timers/promises url util util/types zlib'.split(
    ' ',
  ),
);

/** Leaves plugins what is harmless: the permission model does not stop signals to other processes, for one. */
export function closeDoors(entry: string): void {
  const folder = entry.slice(0, entry.lastIndexOf('/') + 1);
  const complain = process.stderr.write.bind(process.stderr);
  registerHooks({
    resolve(specifier, context, next) {
      const name = specifier.replace(/^node:/, '');
      if (harmless.has(name)) return next(specifier, context);
      const resolved = /^(?:\.{1,2}\/|file:)/.test(specifier)
        ? new URL(specifier, context.parentURL ?? entry).href
        : '';
      if (resolved.startsWith(folder) && !/%2e|%2f|%5c/i.test(resolved)) return next(specifier, context);
      throw appError({
        kind: 'input',
        code: 'plugin.import',
        message: `Plugins cannot import "${specifier}". They reach the outside through the context they are given.`,
      });
    },
  });
  const { version, versions, platform, arch } = process;
  const hrtime = process.hrtime.bind(process);
  const nextTick = process.nextTick.bind(process);
  const safe = Object.freeze({
    version,
    versions,
    platform,
    arch,
    hrtime,
    nextTick,
    env: Object.freeze({}),
    argv: Object.freeze([]),
    cwd: () => '/',
    emitWarning: () => undefined,
    on: () => safe,
    once: () => safe,
    off: () => safe,
  });
  // Node itself keeps using the real one; here it loses what could harm others.
  for (const name of [
    'kill',
    '_kill',
    '_debugProcess',
    '_debugEnd',
    'binding',
    '_linkedBinding',
    'dlopen',
    'abort',
    'getBuiltinModule',
    'execve',
    'setuid',
    'setgid',
    'loadEnvFile',
  ])
    Object.defineProperty(process, name, { value: undefined, configurable: false, writable: false });
  Object.defineProperty(globalThis, 'process', { value: safe, configurable: false, writable: false });
  // What is said for people goes where it disturbs no message.
  const write = (...values: unknown[]): void => void complain(`${values.map(String).join(' ').slice(0, 2000)}\n`);
  const quiet = {
    log: write,
    info: write,
    debug: write,
    warn: write,
    error: write,
    trace: write,
    table: write,
    dir: write,
  };
  Object.defineProperty(globalThis, 'console', { value: Object.freeze(quiet), configurable: false, writable: false });
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'navigator', 'localStorage', 'sessionStorage'])
    Object.defineProperty(globalThis, name, { value: undefined, configurable: true, writable: true });
}
