/** The thread that one task runs in: see `run-task.ts`. It ends with its task. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '@fettle/base';
import type { FromThread, ThreadError, ThreadStart, ToThread } from './protocol.ts';
import { tasks, type TaskName } from './tasks.ts';

const port = parentPort;
const { task, options } = workerData as ThreadStart;
const say = (message: FromThread): void => port?.postMessage(message);

let giveInput: (message: ToThread) => void = () => undefined;

async function* input(): AsyncIterable<unknown> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const message = await new Promise<ToThread>((resolve) => {
      giveInput = resolve;
      say({ kind: 'wantsInput' });
    });
    if (message.kind !== 'input') return;
    yield message.part;
  }
}

async function answerNext(): Promise<void> {
  try {
    const next = await (await output).next();
    say(next.done === true ? { kind: 'end' } : { kind: 'output', part: next.value });
  } catch (error) {
    say({ kind: 'error', error: describeError(error) });
  }
}

function describeError(error: unknown): ThreadError {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AppError)) return { message };
  const { kind, code, hint, problems } = error;
  const more = { ...(hint === undefined ? {} : { hint }), ...(problems === undefined ? {} : { problems }) };
  return { message, known: { kind, code, message, ...more } };
}

const output = tasks[task as TaskName]().then((run) => run(options as never, input() as never)[Symbol.asyncIterator]());
output.catch(() => undefined);

port?.on('message', (message: ToThread) => {
  if (message.kind === 'next') void answerNext();
  else giveInput(message);
});
