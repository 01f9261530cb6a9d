import type { Json } from '@fettle/base';
import type { JournalEntry } from '../../journal.ts';
import type { ForEachStep } from '../../plan/planned-step.ts';
import { done, earlier, type Control } from '../control.ts';
import type { Frame } from '../frame.ts';
import { failStep } from './fail-step.ts';
import { openFrame } from '../open-frame.ts';
import { assertGoingOn, evaluate, pathOf, recall, record, type RunContext } from '../run-context.ts';
import { openItems, type LoopItems, type LoopPosition, type LoopTurn } from './loop-items.ts';

const maxResults = 10_000;

/**
 * Runs steps for each item, some at once when the loop allows it. The loop's entry says up to which turn it is done, so
 * that a run that goes on neither repeats nor loads the turns before.
 */
export async function runForEachStep(context: RunContext, step: ForEachStep, frame: Frame): Promise<Control> {
  const before = recall(context, frame, step);
  if (before?.state === 'succeeded') return done;
  const loop = new Loop(context, step, frame);
  try {
    return await loop.run(before);
  } catch (error) {
    return failStep(context, step, frame, error);
  }
}

class Loop {
  readonly #context: RunContext;
  readonly #step: ForEachStep;
  readonly #frame: Frame;
  #items: LoopItems | undefined;
  readonly #results: Json[] = [];
  #ending: Control | undefined;
  #failure: unknown;
  #isSuspended = false;
  #wakeAt: number | undefined;

  constructor(context: RunContext, step: ForEachStep, frame: Frame) {
    this.#context = context;
    this.#step = step;
    this.#frame = frame;
  }

  async run(before: JournalEntry | undefined): Promise<Control> {
    const context = this.#context;
    const position = (before?.output as unknown as LoopPosition | undefined) ?? { done: 0 };
    const opened = openItems(context, this.#step, this.#frame, { input: before?.input, position });
    this.#items = opened.items;
    if (before === undefined)
      record(context, this.#frame, this.#step, { state: 'started', input: opened.input, output: { done: 0 } });
    if (this.#step.collect !== undefined) await this.#recallResults();
    await Promise.all(Array.from({ length: this.#step.concurrency }, () => this.#work()));
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#ending !== undefined) return this.#ending;
    if (this.#isSuspended) return { kind: 'suspended', wakeAt: this.#wakeAt };
    const results = this.#step.collect === undefined ? {} : { results: this.#results };
    record(context, this.#frame, this.#step, {
      state: 'succeeded',
      output: { count: opened.items.position().done, ...results },
    });
    return done;
  }

  /** One of the loop's hands: takes turns until there are none, or until one of them ends the loop. */
  async #work(): Promise<void> {
    while (this.#failure === undefined && this.#ending === undefined) {
      try {
        const taken = await this.#take();
        if (taken === undefined) return;
        const control = await this.#turn(taken.turn, taken.item);
        // A turn that waits keeps its place: as many are under way as the loop allows.
        if (control.kind === 'suspended') {
          this.#isSuspended = true;
          this.#wakeAt = earlier(this.#wakeAt, control.wakeAt);
          return;
        }
        if (control.kind !== 'done') this.#ending = control;
      } catch (error) {
        this.#failure ??= error;
      }
    }
  }

  #taking: Promise<unknown> = Promise.resolve();

  // Pages are loaded one after the other, whichever hand asks.
  #take(): Promise<LoopTurn | undefined> {
    const taken = this.#taking.then(async () => {
      assertGoingOn(this.#context, this.#frame);
      const next = await this.#items?.next();
      // Which row a turn is about is written before, or with, the first thing that the turn does.
      if (next !== undefined && this.#step.rows !== undefined) this.#recordPosition();
      return next;
    });
    this.#taking = taken.catch(() => undefined);
    return taken;
  }

  async #turn(turn: number, item: Json): Promise<Control> {
    const context = this.#context;
    const scope = `${pathOf(this.#frame, this.#step)}#${turn}/`;
    const inner = await openFrame(context, {
      scope,
      parent: this.#frame,
      names: { [this.#step.as]: item, index: turn },
    });
    const control = await context.runSteps(this.#step.steps, inner);
    if (control.kind !== 'done') return control;
    if (this.#step.collect !== undefined) this.#collect(turn, inner, this.#step.collect);
    context.journal.close(scope);
    this.#markDone(turn);
    return control;
  }

  #markDone(turn: number): void {
    this.#items?.close(turn);
    this.#recordPosition();
  }

  #recordPosition(): void {
    const position = this.#items?.position();
    record(this.#context, this.#frame, this.#step, { state: 'started', output: position as unknown as Json });
  }

  #collect(turn: number, inner: Frame, collect: NonNullable<ForEachStep['collect']>): void {
    if (turn >= maxResults) return;
    const result = evaluate(this.#context, inner, this.#step, collect);
    this.#results[turn] = result;
    const now = this.#context.timer.now();
    this.#context.journal.record({
      path: `${pathOf(this.#frame, this.#step)}#${turn}`,
      scope: this.#resultScope,
      stepId: this.#step.id,
      name: this.#step.name,
      kind: 'result',
      state: 'succeeded',
      attempt: 0,
      output: result,
      startedAt: now,
      finishedAt: now,
    });
  }

  get #resultScope(): string {
    return `${pathOf(this.#frame, this.#step)}#`;
  }

  async #recallResults(): Promise<void> {
    await this.#context.journal.open(this.#resultScope);
    for (const entry of this.#context.journal.entriesOf(this.#resultScope)) {
      this.#results[Number(entry.path.slice(this.#resultScope.length))] = entry.output ?? null;
    }
  }
}
