import { upstreamError } from '@fettle/base';
import type { Client, ClientChannel } from 'ssh2';

/** What is run, and its limits. */
export interface CommandOrder {
  readonly command: string;
  readonly input: string;
  /** Of each of both outputs. */
  readonly maxBytes: number;
  /** Ends it over there. */
  readonly signal: AbortSignal;
}

/** How a command ended. */
export interface CommandEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
  readonly errors: string;
  readonly truncated: boolean;
  /** True when it was ended by the order's signal. */
  readonly isStopped: boolean;
}

/** How long a machine has to say that a killed command has ended. */
const farewellMs = 2_000;

/** Runs a command over an open connection. */
export async function runCommand(client: Client, order: CommandOrder): Promise<CommandEnd> {
  const output = createCollector(order.maxBytes);
  const errors = createCollector(order.maxBytes);
  let code: number | null = null;
  let signal: string | null = null;
  let isStopped = false;
  let stop = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (cause?: unknown): void => reject(lost(cause));
      client.once('error', fail);
      client.once('close', () => fail());
      client.exec(order.command, (error, channel) => {
        if (error !== undefined) return fail(error);
        // At once: a quick command has ended before anything that waits comes to its turn.
        channel.on('data', output.add);
        channel.stderr.on('data', errors.add);
        channel.on('exit', (given: number | string | null, name?: string) => {
          code = typeof given === 'number' ? given : null;
          signal = name?.replace(/^SIG/, '') ?? null;
        });
        channel.once('close', () => resolve());
        // A command that does not read its input has none to be told of.
        channel.on('error', () => undefined);
        stop = () => {
          isStopped = true;
          kill(client, channel);
          setTimeout(resolve, farewellMs).unref();
        };
        if (order.signal.aborted) return stop();
        order.signal.addEventListener('abort', stop, { once: true });
        return give(channel, order.input);
      });
    });
  } finally {
    order.signal.removeEventListener('abort', stop);
  }
  const truncated = output.isFull() || errors.isFull();
  return { code, signal, output: output.text(), errors: errors.text(), truncated, isStopped };
}

/** What of the library's channel its types leave out. */
interface ChannelInside {
  /** Tells that there is no more input, and keeps the channel. */
  eof(): void;
  readonly outgoing: { state: string };
}

function give(channel: ClientChannel, input: string): void {
  const end = (): void => (channel as unknown as ChannelInside).eof();
  if (input === '') end();
  else channel.write(input, end);
}

// Every command of a connection is a child of the same process there, and leads a group of its own.
const sweep =
  'ps -A -o pid= -o ppid= | while read p q; do if [ "$q" = "$PPID" ] && [ "$p" != "$$" ]; then kill -KILL -- "-$p"; fi; done';

/**
 * Ends a command over there. The machine is asked by the protocol, which some hear; OpenSSH does not for root, so that a
 * second command ends the first; what hears neither sees its channel close.
 */
function kill(client: Client, channel: ClientChannel): void {
  // The library sends no signals once the input has ended, which the protocol allows (RFC 4254 6.9).
  const { outgoing } = channel as unknown as ChannelInside;
  const { state } = outgoing;
  if (state === 'eof') outgoing.state = 'open';
  channel.signal('KILL');
  if (state === 'eof') outgoing.state = state;
  client.exec(sweep, (error, second) => {
    if (error !== undefined) return;
    second.on('error', () => undefined).resume();
    second.stderr.resume();
  });
  setTimeout(() => channel.close(), farewellMs / 2).unref();
}

function createCollector(maxBytes: number) {
  const chunks: Buffer[] = [];
  let left = maxBytes;
  let isOver = false;
  return {
    // What is too much is read and forgotten: the command must not wait for a reader.
    add: (chunk: Buffer): void => {
      if (chunk.length > left) isOver = true;
      if (left > 0) chunks.push(chunk.subarray(0, left));
      left = Math.max(0, left - chunk.length);
    },
    isFull: () => isOver,
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

function lost(cause?: unknown) {
  return upstreamError({
    code: 'ssh.lost',
    message: 'The connection to the machine was lost. Whether the command ended is not known.',
    hint: 'Look on the machine before it is run again.',
    cause,
  });
}
