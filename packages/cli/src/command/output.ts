import { AppError } from '@fettle/base';

/** A stream of the process, as far as commands need it. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** How a command speaks while it runs. What it found goes into its result, not here. */
export interface Output {
  readonly isJson: boolean;
  /** A person sits in front of it and can be asked. */
  readonly isInteractive: boolean;
  /** Says on standard error what is being done. Replaced by the next; shown on terminals only, never with `--json`. */
  progress(text: string): void;
  /** A line on standard error that stays, e.g. a warning. Not with `--json`. */
  note(text: string): void;
  /** Asks on standard error and reads one line. */
  ask(question: string, options?: { readonly isHidden?: boolean }): Promise<string>;
  /** Takes the progress away. */
  clear(): void;
}

/** Where output goes. */
export interface OutputOptions {
  readonly isJson: boolean;
  readonly stderr: TextStream;
  readonly stdin: { readonly isTTY?: boolean | undefined };
}

/** Makes the output of one run. */
export function createOutput({ isJson, stderr, stdin }: OutputOptions): Output {
  const isTerminal = stderr.isTTY === true && !isJson;
  const isInteractive = isTerminal && stdin.isTTY === true;
  let hasProgress = false;
  const clear = (): void => {
    if (hasProgress) stderr.write('\r\u001b[K');
    hasProgress = false;
  };
  return {
    isJson,
    isInteractive,
    clear,
    progress(text) {
      if (!isTerminal) return;
      stderr.write(`\r\u001b[K${text}`);
      hasProgress = true;
    },
    note(text) {
      clear();
      if (!isJson) stderr.write(`${text}\n`);
    },
    async ask(question, { isHidden = false } = {}) {
      clear();
      if (!isInteractive) throw cannotAsk(question);
      const { createInterface } = await import('node:readline/promises');
      const { Writable } = await import('node:stream');
      stderr.write(`${question} `);
      // What is typed is echoed by the line editor, which writes here: nothing of a secret is.
      const echo = new Writable({
        write: (chunk, _encoding, done) => {
          if (!isHidden) stderr.write(String(chunk));
          done();
        },
      });
      const lines = createInterface({ input: process.stdin, output: echo, terminal: true });
      try {
        return (await lines.question('')).trim();
      } finally {
        lines.close();
        if (isHidden) stderr.write('\n');
      }
    },
  };
}

function cannotAsk(question: string): AppError {
  return new AppError('input', {
    code: 'usage.cannot-ask',
    message: `There is nobody to ask: ${question}`,
    hint: 'Give the answer as an option or in the environment; --help names them.',
  });
}
