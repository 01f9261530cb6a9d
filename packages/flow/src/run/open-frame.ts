import { Frame } from './frame.ts';
import { showResult, type RunContext } from './run-context.ts';

/** A frame with what earlier workers left in its scope: results are visible before the steps are reached again. */
export async function openFrame(
  context: Pick<RunContext, 'journal'>,
  options: {
    readonly scope: string;
    readonly names: Readonly<Record<string, unknown>>;
    readonly parent: Frame;
  },
): Promise<Frame> {
  await context.journal.open(options.scope);
  const frame = new Frame({ ...options, signal: options.parent.signal });
  for (const entry of context.journal.entriesOf(options.scope)) showResult(frame, entry.name, entry);
  return frame;
}
