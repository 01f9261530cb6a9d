import { spawn, type ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * Reads ids of processes, `+` when one begins and `-` when it has ended. Its input ends when the server is gone, however
 * that went: then it kills those that are left.
 */
const program = `
left=" "
while IFS= read -r line; do
  id="\${line#?}"
  case "$line" in
    +*) left="$left$id " ;;
    -*) case "$left" in *" $id "*) left="\${left%% $id *} \${left#* $id }" ;; esac ;;
  esac
done
for id in $left; do kill -9 "$id"; done 2>/dev/null`;

let watcher: ChildProcess | undefined;

/**
 * Sees to it that a process does not outlive this one, even when this one is killed: a process that is busy with itself
 * never notices that nobody is there any more. Where there is no shell, nothing watches.
 */
export function endWithServer(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined || process.platform === 'win32') return;
  tell(`+${pid}\n`);
  child.once('exit', () => tell(`-${pid}\n`));
}

function tell(line: string): void {
  watcher ??= startWatcher();
  watcher.stdin?.write(line);
}

function startWatcher(): ChildProcess {
  // Of a group of its own: what ends this process and all that belong to it must leave the watcher to its work.
  const started = spawn('/bin/sh', ['-c', program], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: {},
    cwd: '/',
  });
  started.on('error', () => undefined);
  started.stdin.on('error', () => undefined);
  started.once('exit', () => {
    if (watcher === started) watcher = undefined;
  });
  started.unref();
  (started.stdin as Writable & { unref?(): void }).unref?.();
  return started;
}
