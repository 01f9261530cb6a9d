import { AppError, type Clock, type Json } from '@fettle/base';
import type { Log } from '../../../log.ts';
import type { UnpackedPlugins } from './unpacked-plugins.ts';
import { startPluginProcess, type PluginCall, type PluginProcess, type ProcessLimits } from './plugin-process.ts';

/** Which code is to run: a plugin as it is installed in one workspace. */
export interface InstalledCode {
  readonly workspaceId: string;
  readonly pluginId: string;
  readonly title: string;
  readonly integrity: string;
  /** The module with its code. */
  readonly module: string;
  /** What keeps flows started has a process of its own: `sources`. Absent: the one that answers calls. */
  readonly part?: 'sources';
}

/** How the process of a plugin is. */
export interface PluginHealth {
  readonly state: 'idle' | 'running' | 'paused';
  readonly message?: string;
}

/** A hold on a process: what was opened in one is gone with it. */
export interface PluginRun {
  /** Different after every start. */
  readonly process: PluginProcess;
  call(call: PluginCall): Promise<Json>;
}

/** The processes that plugins run in: one per plugin and workspace, there only while it is used. */
export interface PluginProcesses {
  /** Starts the process when it is not there. Throws while it is paused after it failed again and again. */
  enter(code: InstalledCode): Promise<PluginRun>;
  healthOf(workspaceId: string, pluginId: string): PluginHealth;
  /** Ends the process of a plugin, and forgives what it did: it was updated, turned off or removed. */
  forget(workspaceId: string, pluginId: string): void;
  close(): void;
}

/** Means of {@link createPluginProcesses}. */
export interface PluginProcessesOptions {
  readonly unpacked: UnpackedPlugins;
  readonly clock: Clock;
  readonly log: Log;
  /** A process that is not used for so long ends. */
  readonly idleMs?: number;
  /** Most processes at once; the one that was not used longest makes room. */
  readonly mostProcesses?: number;
  /** Most calls of one plugin at once. */
  readonly mostCalls?: number;
  /** The same for what keeps flows started, which goes on for as long as its flows are live. */
  readonly mostSources?: number;
  readonly limits?: Partial<ProcessLimits>;
}

const parts = [undefined, 'sources'] as const;
const shortestPauseMs = 1_000;
const longestPauseMs = 60_000;
const soundMs = 60_000;

interface Kept {
  readonly integrity: string;
  readonly part: InstalledCode['part'];
  startedAt: number;
  starting: Promise<PluginProcess> | undefined;
  process: PluginProcess | undefined;
  usedAt: number;
  failures: number;
  pausedUntil: number;
  problem: AppError | undefined;
}

/** Makes the set. */
export function createPluginProcesses(options: PluginProcessesOptions): PluginProcesses {
  const { unpacked, clock, log, idleMs = 5 * 60_000, mostProcesses = 20, mostCalls = 32, mostSources = 500 } = options;
  const kept = new Map<string, Kept>();
  const keyOf = (workspaceId: string, pluginId: string, part: InstalledCode['part']): string =>
    `${workspaceId} ${pluginId} ${part ?? 'calls'}`;

  const sweep = (): void => {
    for (const [key, entry] of kept) {
      if (entry.process !== undefined && entry.process.load === 0 && clock.now() - entry.usedAt > idleMs) stop(key);
    }
  };
  const sweeper = setInterval(sweep, Math.max(100, Math.min(30_000, idleMs / 2))).unref();

  const stop = (key: string): void => {
    const entry = kept.get(key);
    if (entry === undefined) return;
    const { process } = entry;
    entry.process = undefined;
    entry.starting = undefined;
    process?.end();
  };
  const failed = (entry: Kept, code: InstalledCode, problem: AppError): void => {
    // One that worked for a while has not failed in a row.
    if (clock.now() - entry.startedAt > soundMs) entry.failures = 0;
    entry.failures += 1;
    entry.problem = problem;
    entry.pausedUntil = clock.now() + Math.min(longestPauseMs, shortestPauseMs * 2 ** (entry.failures - 1));
    log.warn(
      { plugin: code.pluginId, workspace: code.workspaceId, reason: problem.message, failures: entry.failures },
      'The process of a plugin has ended',
    );
  };
  const makeRoom = (part: InstalledCode['part']): void => {
    const running = [...kept].filter(([, entry]) => entry.process !== undefined && entry.part === part);
    if (running.length < mostProcesses) return;
    const [oldest] = running
      .filter(([, { process }]) => process?.load === 0)
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
    if (oldest === undefined)
      throw new AppError('unavailable', {
        code: 'plugin.no-room',
        message: 'Too many plugins are at work on this server.',
        hint: 'Try again in a moment.',
      });
    stop(oldest[0]);
  };
  const start = async (entry: Kept, code: InstalledCode): Promise<PluginProcess> => {
    makeRoom(code.part);
    const folder = await unpacked.folderOf(code);
    const process = startPluginProcess({
      title: code.title,
      folder,
      module: code.module,
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      onEnd: (problem) => {
        if (entry.process === process || entry.process === undefined) {
          entry.process = undefined;
          entry.starting = undefined;
        }
        if (problem !== undefined) failed(entry, code, problem);
      },
    });
    entry.process = process;
    entry.startedAt = clock.now();
    return process;
  };

  return {
    async enter(code) {
      const key = keyOf(code.workspaceId, code.pluginId, code.part);
      let entry = kept.get(key);
      if (entry !== undefined && entry.integrity !== code.integrity) {
        stop(key);
        entry = undefined;
      }
      if (entry === undefined) {
        entry = {
          integrity: code.integrity,
          part: code.part,
          startedAt: 0,
          starting: undefined,
          process: undefined,
          usedAt: 0,
          failures: 0,
          pausedUntil: 0,
          problem: undefined,
        };
        kept.set(key, entry);
      }
      const now = clock.now();
      if (entry.process === undefined && now < entry.pausedUntil) throw paused(code, entry, now);
      entry.usedAt = now;
      if ((entry.process?.load ?? 0) >= (code.part === 'sources' ? mostSources : mostCalls)) throw busy(code);
      const held = entry;
      held.starting ??= start(held, code).catch((error: unknown) => {
        held.starting = undefined;
        throw error;
      });
      const process = await held.starting;
      return {
        process,
        async call(call) {
          held.usedAt = clock.now();
          const value = await process.call(call);
          held.failures = 0;
          held.problem = undefined;
          return value;
        },
      };
    },
    healthOf(workspaceId, pluginId) {
      const all = parts
        .map((part) => kept.get(keyOf(workspaceId, pluginId, part)))
        .filter((entry) => entry !== undefined);
      const problem = all.find((entry) => entry.problem !== undefined)?.problem;
      const message = problem === undefined ? {} : { message: problem.message };
      if (all.some(({ process, pausedUntil }) => process === undefined && clock.now() < pausedUntil))
        return { state: 'paused', ...message };
      return { state: all.some(({ process }) => process !== undefined) ? 'running' : 'idle', ...message };
    },
    forget(workspaceId, pluginId) {
      for (const part of parts) {
        const key = keyOf(workspaceId, pluginId, part);
        stop(key);
        kept.delete(key);
      }
    },
    close() {
      clearInterval(sweeper);
      for (const key of kept.keys()) stop(key);
    },
  };
}

function paused({ title }: InstalledCode, entry: Kept, now: number): AppError {
  const seconds = Math.max(1, Math.ceil((entry.pausedUntil - now) / 1000));
  return new AppError('unavailable', {
    code: 'plugin.paused',
    message: `The plugin "${title}" rests for ${seconds} s after it failed. ${entry.problem?.message ?? ''}`.trim(),
    hint: 'Try again then. If this goes on, turn it off and tell its publisher.',
  });
}

function busy({ title }: InstalledCode): AppError {
  return new AppError('too-many', {
    code: 'plugin.busy',
    message: `The plugin "${title}" is asked for more than it can do at once.`,
    hint: 'Try again in a moment.',
  });
}
