import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { endWithServer } from './end-with-server.ts';

/** A process that code of others runs in. */
export interface SandboxOptions {
  /** The module it starts with: the one file of ours that it may read. */
  readonly file: string;
  /** What else it may read: files, or folders with `/*` at their end. */
  readonly readable?: readonly string[];
  /** What it is told at its start. */
  readonly arguments?: readonly string[];
  readonly heapBytes: number;
  /** Keep what it complains about; else nobody hears it. */
  readonly hearsErrors?: boolean;
}

/** What Node itself needs beside the memory of what runs in it. */
export const nodeOverheadBytes = 120 * 1024 * 1024;

/**
 * Starts a process without rights: no network, no files but those named, no other processes, threads, add-ons or
 * debugger, no environment, and no compiling of texts. It talks by its input and output alone. Whoever starts it limits
 * its time; memory outside of its heap is watched by {@link watchMemory}. It ends with the server, also when that is killed.
 */
export function startSandboxed(sandbox: SandboxOptions): ChildProcess {
  const { file, readable = [], heapBytes, hearsErrors = false } = sandbox;
  const heap = Math.max(16, Math.floor(heapBytes / 1024 / 1024));
  const options = [
    '--permission',
    ...[file, ...readable].map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${heap}`,
    '--max-semi-space-size=4',
    '--stack-size=900',
    '--disallow-code-generation-from-strings',
    '--disable-proto=throw',
    '--no-addons',
    '--disable-sigusr1',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
  ];
  const child = spawn(process.execPath, [...options, file, ...(sandbox.arguments ?? [])], {
    env: {},
    cwd: '/',
    stdio: ['pipe', 'pipe', hearsErrors ? 'pipe' : 'ignore'],
    windowsHide: true,
  });
  yieldToServer(child.pid);
  endWithServer(child);
  return child;
}

/** Calls back when a process holds more memory than it may: buffers are no part of the heap that Node limits. Answers how to stop. */
export function watchMemory(child: ChildProcess, mostBytes: number, onExceeded: () => void): () => void {
  const timer = setInterval(() => {
    void residentBytes(child.pid).then((bytes) => {
      if (bytes > mostBytes) onExceeded();
    });
  }, 50);
  timer.unref();
  return () => clearInterval(timer);
}

/** Where cores are few, what runs in there must not take them from the server. */
function yieldToServer(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, 10);
  } catch {
    // Systems that do not let us still have its limits.
  }
}

/** Memory of a process by Linux; 0 where it does not say. */
export async function residentBytes(pid: number | undefined): Promise<number> {
  if (process.platform !== 'linux' || pid === undefined) return 0;
  try {
    return Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]) * 4096;
  } catch {
    return 0;
  }
}
