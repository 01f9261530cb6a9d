import { jsonEquals, type Json } from '@fettle/base';
import type { ExpectedStep, ExpectedValue, FlowTest } from '@fettle/definition';
import { createScope, EvaluationError, type EvaluationLimits } from '@fettle/expression';
import type { JournalEntry } from '../journal.ts';
import { BindingSyntaxError, compileExpressionText } from '../plan/compile-value.ts';
import { isTrue, toJson } from '../run/run-context.ts';
import { stepText } from './step-text.ts';
import type { FlowTestDifference, FlowTestEnd } from './test-result.ts';
import { isInTurns, turnText } from './turns.ts';
import { exactDifferences, partialDifferences, valueText } from './value-differences.ts';

/** What came of playing a flow. */
export interface PlayedFlow {
  readonly end: FlowTestEnd;
  /** The test's own run, then those of flows that it really called. */
  readonly runs: readonly PlayedRun[];
  /** Steps that wait for an answer. */
  readonly unanswered: readonly UnansweredStep[];
  /** What expressions see besides steps, output and error. */
  readonly names: Readonly<Record<string, unknown>>;
  readonly limits: EvaluationLimits;
}

/** One of the runs of a test. */
export interface PlayedRun {
  /** The steps that called it, outermost first, and the loops around these. */
  readonly within: readonly string[];
  readonly outerScope: string;
  /** In the order the steps began. */
  readonly entries: readonly JournalEntry[];
}

/** A step that waits for an answer: as messages name it, and the step of the test's flow that it is or stands in. */
export interface UnansweredStep {
  readonly text: string;
  readonly step: string;
}

const most = 100;

/** What of a test's expectations is not met. */
export function checkExpectations(test: FlowTest, played: PlayedFlow): readonly FlowTestDifference[] {
  const check = new ExpectationCheck(test, played);
  return check.run().slice(0, most);
}

class ExpectationCheck {
  readonly #expect: FlowTest['expect'];
  readonly #played: PlayedFlow;
  readonly #steps: readonly JournalEntry[];
  readonly #found: FlowTestDifference[] = [];

  constructor({ expect }: FlowTest, played: PlayedFlow) {
    this.#expect = expect;
    this.#played = played;
    this.#steps = stepsOf(played.runs[0]);
  }

  run(): readonly FlowTestDifference[] {
    const { output, steps, that } = this.#expect;
    this.#checkEnd();
    this.#checkError();
    if (output !== undefined) {
      const place = '/expect/output';
      this.#checkValue(output, this.#played.end.output, { place, subject: 'What the flow returns' });
    }
    this.#checkOrder();
    (steps ?? []).forEach((step, index) => this.#checkStep(step, `/expect/steps/${index}`));
    this.#checkNever();
    (that ?? []).forEach((text, index) => this.#checkThat(text, `/expect/that/${index}`));
    return this.#found;
  }

  #report(difference: Omit<FlowTestDifference, 'path'> & { readonly path?: string }): void {
    this.#found.push({ path: '', ...difference });
  }

  #checkEnd(): void {
    const { end, unanswered } = this.#played;
    if (end.state === this.#expect.state) return;
    const place = '/expect/state';
    const expected = this.#expect.state;
    const should = { succeeded: 'succeed', failed: 'fail', waiting: 'wait for an answer' }[expected];
    const facts = { place, expected, actual: end.state };
    if (end.state === 'waiting') {
      const who = unanswered.map(({ text }) => text).join(' and ');
      this.#report({
        ...facts,
        message: `The run waits for an answer at ${who === '' ? 'a step' : who}; it should ${should}.`,
        hint: 'Give the answer in a mock of that step.',
        ...(unanswered[0] === undefined ? {} : { step: unanswered[0].step }),
      });
    } else if (end.error !== undefined) {
      const { message, step, code, hint } = end.error;
      this.#report({
        ...facts,
        message: `The run failed${step === undefined ? '' : ` at "${step}"`}: ${message} (${code}) It should ${should}.`,
        ...(hint === undefined ? {} : { hint }),
        ...(step === undefined ? {} : { step }),
      });
    } else this.#report({ ...facts, message: `The run ${end.state}; it should ${should}.` });
  }

  #checkError(): void {
    const { error: expected } = this.#expect;
    const { error } = this.#played.end;
    // That there is none is said by the state.
    if (expected === undefined || error === undefined) return;
    for (const key of ['code', 'message', 'step'] as const) {
      const wanted = expected[key];
      const is = error[key] ?? '';
      if (wanted === undefined || (key === 'message' ? is.includes(wanted) : is === wanted)) continue;
      const words = key === 'message' ? 'does not contain' : 'is not';
      this.#report({
        place: `/expect/error/${key}`,
        message: `The ${key} of the run's error is "${is}", which ${words} "${wanted}".`,
        expected: wanted,
        actual: is,
      });
    }
  }

  #checkOrder(): void {
    const names = this.#steps.map(({ name }) => name);
    let from = 0;
    let before: string | undefined;
    for (const [index, step] of (this.#expect.order ?? []).entries()) {
      const at = names.indexOf(step, from);
      if (at !== -1) {
        from = at + 1;
        before = step;
        continue;
      }
      this.#report({
        place: `/expect/order/${index}`,
        step,
        message: names.includes(step)
          ? `"${step}" did not run after "${before ?? ''}". The steps ran in this order: ${orderText(names)}.`
          : `"${step}" did not run.`,
      });
    }
  }

  #checkNever(): void {
    for (const [index, step] of (this.#expect.never ?? []).entries()) {
      const count = this.#steps.filter(({ name }) => name === step).length;
      if (count === 0) continue;
      const times = count === 1 ? '' : ` ${count} times`;
      this.#report({ place: `/expect/never/${index}`, step, message: `"${step}" must not run, and it ran${times}.` });
    }
  }

  #checkStep(expected: ExpectedStep, place: string): void {
    const { step: name, within = [], turns, times } = expected;
    const subject = stepText({ name, within });
    const step = within[0] ?? name;
    const entries = this.#entriesOf(name, within).filter(({ scope }) => isInTurns(turns, scope));
    if (times !== undefined && entries.length !== times) {
      const message = `${subject} ran ${timesText(entries.length)} instead of ${timesText(times)}.`;
      this.#report({ place: `${place}/times`, step, message, expected: times, actual: entries.length });
    }
    if (entries.length === 0 && times === undefined) {
      const where = turns === undefined ? '' : ` in turn ${turns.join(', ')}`;
      this.#report({ place, step, message: `${subject} did not run${where}.` });
    }
    for (const entry of entries) this.#checkEntry(entry, expected, { place, subject, step });
  }

  /** What became of a step each time, in scopes from the outermost flow inwards. */
  #entriesOf(step: string, within: readonly string[]): readonly JournalEntry[] {
    return this.#played.runs
      .filter((run) => jsonEquals(run.within, within))
      .flatMap((run) => stepsOf(run).map((entry) => ({ ...entry, scope: run.outerScope + entry.scope })))
      .filter(({ name }) => name === step);
  }

  #checkEntry(
    entry: JournalEntry,
    { state, input, output }: ExpectedStep,
    { place, subject, step }: { readonly place: string; readonly subject: string; readonly step: string },
  ): void {
    const turn = turnText(entry.scope);
    if (state !== undefined && entry.state !== state) {
      const why = entry.error === undefined ? '' : `: ${entry.error.message}`;
      this.#report({
        place: `${place}/state`,
        step,
        message: `${subject} ${stateText(entry.state)}${turn}${why}. It should have ${stateText(state)}.`,
        expected: state,
        actual: entry.state,
      });
    }
    if (input !== undefined)
      this.#checkValue(input, entry.input, {
        place: `${place}/input`,
        subject: `What ${subject} is given${turn}`,
        step,
      });
    if (output !== undefined)
      this.#checkValue(output, entry.output, {
        place: `${place}/output`,
        subject: `What ${subject} gives${turn}`,
        step,
      });
  }

  #checkValue(
    expected: ExpectedValue,
    actual: Json | undefined,
    about: { readonly place: string; readonly subject: string; readonly step?: string },
  ): void {
    const { subject, ...facts } = about;
    if ('that' in expected) {
      const message = this.#complaint(expected.that, { value: actual ?? null });
      if (message !== undefined)
        this.#report({
          ...facts,
          place: `${about.place}/that`,
          message: `${subject}: ${message}`,
          actual: actual ?? null,
        });
      return;
    }
    const differences =
      'equals' in expected
        ? exactDifferences(expected.equals as Json, actual)
        : partialDifferences(expected.includes as Json, actual);
    for (const { path, words, ...values } of differences)
      this.#report({
        ...facts,
        ...values,
        path,
        message: path === '' ? `${subject} ${words}.` : `${subject}: ${path} ${words}.`,
      });
  }

  #checkThat(text: string, place: string): void {
    const message = this.#complaint(text, {});
    if (message !== undefined) this.#report({ place, message });
  }

  /** What is to say against an expression; undefined when it is true. */
  #complaint(text: string, names: Readonly<Record<string, unknown>>): string | undefined {
    const { end, names: around, limits } = this.#played;
    const scope = createScope({
      ...around,
      output: end.output ?? null,
      error: end.error ?? null,
      steps: resultsOf(this.#steps),
      ...names,
    });
    try {
      const value = toJson(compileExpressionText(text)(scope, limits));
      return isTrue(value)
        ? undefined
        : `${text.trim()} is not true${value === false ? '' : `: it is ${valueText(value)}`}.`;
    } catch (error) {
      if (error instanceof EvaluationError || error instanceof BindingSyntaxError)
        return `${text.trim()} cannot be worked out. ${error.message}`;
      throw error;
    }
  }
}

function stepsOf(run: PlayedRun | undefined): readonly JournalEntry[] {
  return run?.entries.filter(({ kind }) => kind !== 'result') ?? [];
}

/** What expressions call `steps`: each as it ended last. */
function resultsOf(entries: readonly JournalEntry[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    entries.map(({ name, input, output, state, error }) => [
      name,
      { input: input ?? null, output: output ?? null, state, ...(error === undefined ? {} : { error: { ...error } }) },
    ]),
  );
}

function stateText(state: JournalEntry['state']): string {
  if (state === 'waiting') return 'waited';
  return state === 'started' ? 'not ended' : state;
}

function timesText(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function orderText(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}
