import { fail, isJsonObject, ok, type Json, type Result } from '@fettle/base';
import { allSteps, type Flow, type FlowStep } from '@fettle/definition';
import type { JournalEntry, Vars } from '../journal.ts';
import type { LoopPosition } from '../run/steps/loop-items.ts';
import { holds, OldJournal, stepsIn } from './old-journal.ts';
import { CannotRerun, rerunProblems, type RerunProblem } from './rerun-problem.ts';
import { parsePath, type PlaceSegment } from './run-place.ts';
import { enabledLists, enabledSteps, isSameHead, isSameStep } from './same-step.ts';

/** What a new run begins with instead of playing the steps before its place. */
export interface ReusedJournal {
  /** In the order of the old run. Those of steps that are over say which run played them. */
  readonly entries: readonly JournalEntry[];
  /** Variables as the reused steps set them. */
  readonly vars: Vars;
}

/** What is reused of which run. */
export interface ReuseRequest {
  readonly runId: string;
  /** The flow as it was in the old run, and as the new run plays it. */
  readonly before: Flow;
  readonly now: Flow;
  /** The whole journal of the old run, in the order in which its steps began. */
  readonly entries: readonly JournalEntry[];
  /** Path of the step that is played first. */
  readonly from: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * The journal with which a run begins that goes on from a step of an older one. What came before the step is reused as it
 * was found; what came after it is forgotten; of what ran beside it (other lanes, turns at the same time) everything that
 * was finished is reused. The steps before must be the same in both versions and must have been finished.
 */
export function reuseJournal(request: ReuseRequest): Result<ReusedJournal, RerunProblem> {
  try {
    return ok(new Reuse(request).journal());
  } catch (error) {
    if (error instanceof CannotRerun) return fail(error.problem);
    throw error;
  }
}

/** Whether a loop takes a turn only when the one before is over. */
const isOneByOne = (step: Loop): boolean => step.kind === 'while' || (step.concurrency ?? 1) === 1;

/** The turn that a rerun goes on in; `isWhole` when it begins with the first step of it. */
interface TurnPlace {
  readonly turn: number;
  readonly isWhole: boolean;
}

type Loop = Extract<FlowStep, { readonly kind: 'forEach' | 'while' }>;

class Reuse {
  readonly #request: ReuseRequest;
  readonly #old: OldJournal;
  readonly #names: ReadonlyMap<string, string>;
  readonly #before: ReadonlyMap<string, FlowStep>;
  readonly #kept = new Map<string, JournalEntry>();

  constructor(request: ReuseRequest) {
    this.#request = request;
    this.#old = new OldJournal(request.entries);
    this.#names = new Map(allSteps(request.now.steps).map(({ id, name }) => [id, name]));
    this.#before = new Map(allSteps(request.before.steps).map((step) => [step.id, step]));
  }

  journal(): ReusedJournal {
    const { from, now, before, entries } = this.#request;
    const segments = parsePath(from);
    if (segments === undefined) throw new CannotRerun(rerunProblems.noPlace());
    this.#descend(enabledSteps(now.steps), enabledSteps(before.steps), '', segments);
    const kept = entries.flatMap(({ path }) => this.#kept.get(path) ?? []);
    const vars: Record<string, Json> = {};
    for (const { kind, state, output } of kept)
      if (kind === 'setVariables' && state === 'succeeded' && isJsonObject(output)) Object.assign(vars, output);
    return { entries: kept, vars };
  }

  /** Reuses what comes before the place in a list of steps, and goes on to the place. */
  #descend(
    now: readonly FlowStep[],
    before: readonly FlowStep[],
    scope: string,
    [segment, ...rest]: readonly PlaceSegment[],
  ): void {
    const id = segment?.step ?? '';
    const index = now.findIndex((step) => holds(step, id));
    const step = now[index];
    if (step === undefined) throw new CannotRerun(rerunProblems.noPlace());
    now.slice(0, index).forEach((earlier, at) => this.#keepEarlier(earlier, before[at], scope));
    const old = before[index];
    if (old === undefined || old.id !== step.id)
      throw new CannotRerun(old === undefined ? rerunProblems.noPlace() : rerunProblems.differs(old));
    if (step.id !== id) this.#enter(step, old, scope, [segment as PlaceSegment, ...rest]);
    else if (segment?.turn !== undefined) this.#enterTurn(step, old, scope, { turn: segment.turn, rest });
  }

  #keepEarlier(step: FlowStep, old: FlowStep | undefined, scope: string): void {
    if (old === undefined || old.id !== step.id || !isSameStep(step, old))
      throw new CannotRerun(rerunProblems.differs(old ?? step));
    if (!this.#old.isOver(step, scope)) throw new CannotRerun(rerunProblems.notOver(step));
    this.#keepTree(step, scope);
  }

  /** The place is inside a step that is no loop. */
  #enter(step: FlowStep, old: FlowStep, scope: string, segments: readonly PlaceSegment[]): void {
    if (!isSameHead(step, old)) throw new CannotRerun(rerunProblems.differs(step));
    const entry = this.#old.find(`${scope}${step.id}`);
    if (entry === undefined) throw new CannotRerun(rerunProblems.notOver(step));
    const target = enabledLists(step).find(({ steps }) => steps.some((inner) => holds(inner, segments[0]?.step ?? '')));
    const list = target?.list ?? '';
    switch (step.kind) {
      case 'branch':
      case 'switch':
        if (this.#old.chosenIn(step, scope) !== list) throw new CannotRerun(rerunProblems.otherWay(step));
        this.#keep(entry);
        break;
      case 'parallel':
        this.#reset(entry);
        for (const lane of enabledLists(step)) if (lane.list !== list) this.#keepFinished(lane.steps, scope);
        break;
      case 'try':
        this.#enterTry(step, entry, scope, list);
        break;
      default:
        throw new CannotRerun(rerunProblems.noPlace());
    }
    this.#descend(target?.steps ?? [], stepsIn(old, list), scope, segments);
  }

  /** What was tried, and what was caught, is as it was: failures fail again from the journal. */
  #enterTry(step: Extract<FlowStep, { readonly kind: 'try' }>, entry: JournalEntry, scope: string, list: string): void {
    const tried = enabledSteps(step.steps);
    const hasFailed = !this.#old.areOver(tried, scope);
    if (list === 'catch' && !hasFailed) throw new CannotRerun(rerunProblems.otherWay(step));
    if (list !== 'steps') this.#keepSame(tried, scope);
    if (list === 'finally' && hasFailed) this.#keepSame(enabledSteps(step.catch), scope);
    if (list === 'finally' && entry.state === 'succeeded') this.#keep(entry);
    else this.#reset(entry);
  }

  #enterTurn(
    step: FlowStep,
    old: FlowStep,
    scope: string,
    place: { readonly turn: number; readonly rest: readonly PlaceSegment[] },
  ): void {
    const path = `${scope}${step.id}`;
    if ((step.kind !== 'forEach' && step.kind !== 'while') || old.kind !== step.kind)
      throw new CannotRerun(rerunProblems.noPlace());
    if (!isSameHead(step, old)) throw new CannotRerun(rerunProblems.differs(step));
    if (!this.#old.turnsOf(path).includes(place.turn)) throw new CannotRerun(rerunProblems.noTurn(step, place.turn));
    const [next] = place.rest;
    const isWhole = next?.turn === undefined && next?.step === enabledSteps(step.steps)[0]?.id;
    this.#keepTurns(step, path, { turn: place.turn, isWhole });
    this.#descend(enabledSteps(step.steps), enabledSteps(old.steps), `${path}#${place.turn}/`, place.rest);
  }

  /**
   * Reuses turns of a loop that goes on: those before the turn, and of a loop that takes several at once also those that
   * ran beside it. Without a turn: all that is finished.
   */
  #keepTurns(step: Loop, path: string, place?: TurnPlace): void {
    const turn = place?.turn;
    const entry = this.#old.find(path);
    if (entry === undefined) throw new CannotRerun(rerunProblems.notOver(step));
    const steps = enabledSteps(step.steps);
    let done = 0;
    let isUnbroken = true;
    let begun = 0;
    for (const at of this.#old.turnsOf(path)) {
      if (at === turn || (isOneByOne(step) && turn !== undefined && at > turn)) {
        isUnbroken = false;
        continue;
      }
      begun = at + 1;
      const scope = `${path}#${at}/`;
      if (this.#old.areOver(steps, scope)) {
        this.#keepSame(steps, scope);
        const result = this.#old.find(`${path}#${at}`);
        if (result !== undefined) this.#keep(result);
        if (isUnbroken && at === done) done += 1;
        continue;
      }
      if (isOneByOne(step) && turn !== undefined) throw new CannotRerun(rerunProblems.noTurn(step, turn));
      isUnbroken = false;
      this.#keepFinished(steps, scope);
    }
    const isInTurn = turn !== undefined || begun > done;
    this.#reset(entry, this.#positionOf(step, entry, { done, isInTurn, place }));
  }

  #positionOf(
    step: Loop,
    entry: JournalEntry,
    at: { readonly done: number; readonly isInTurn: boolean; readonly place: TurnPlace | undefined },
  ): Json {
    const { done, isInTurn } = at;
    const { turn, isWhole = false } = at.place ?? {};
    if (step.kind === 'while') return { done, begun: isInTurn ? done + 1 : done };
    if (step.rows === undefined) return { done };
    const place = (entry.output ?? {}) as Partial<LoopPosition>;
    // Only rows of turns that were under way are known: what a turn did belongs to its row.
    const isOpen = turn === undefined || place.open?.some((one) => one.turn === turn) === true;
    const isFresh = turn === undefined ? place.begun === undefined : isWhole && turn === 0 && isOneByOne(step);
    if (isFresh && (place.begun === undefined || !isOpen)) return { done: 0 };
    if (place.begun === undefined || !isOpen) throw new CannotRerun(rerunProblems.rowPlaceUnknown(step));
    return place as unknown as Json;
  }

  /** Reuses what is finished of steps that go on beside the place. Answers whether all of it is. */
  #keepFinished(steps: readonly FlowStep[], scope: string): boolean {
    return steps.every((step) => {
      const entry = this.#old.find(`${scope}${step.id}`);
      if (entry === undefined) return false;
      const isOver = this.#old.isOver(step, scope);
      if (isOver) this.#keepSame([step], scope);
      else this.#keepBegun(step, entry, scope);
      return isOver;
    });
  }

  #keepBegun(step: FlowStep, entry: JournalEntry, scope: string): void {
    const path = `${scope}${step.id}`;
    const old = this.#before.get(step.id);
    switch (step.kind) {
      case 'branch':
      case 'switch': {
        const chosen = this.#old.chosenIn(step, scope);
        if (chosen === undefined) return;
        this.#assertSameHead(step, old);
        this.#keep(entry);
        this.#keepFinished(stepsIn(step, chosen), scope);
        return;
      }
      case 'parallel':
        this.#assertSameHead(step, old);
        this.#reset(entry);
        for (const { steps } of enabledLists(step)) this.#keepFinished(steps, scope);
        return;
      case 'try':
        this.#reset(entry);
        if (entry.state === 'succeeded') {
          this.#enterTry(step, entry, scope, 'finally');
          this.#keepFinished(enabledSteps(step.finally), scope);
        } else this.#keepFinished(enabledSteps(step.steps), scope);
        return;
      case 'forEach':
      case 'while':
        this.#assertSameHead(step, old);
        this.#keepTurns(step, path);
        return;
      default:
      // It is played again.
    }
  }

  #assertSameHead(step: FlowStep, old: FlowStep | undefined): void {
    if (old === undefined || !isSameHead(step, old)) throw new CannotRerun(rerunProblems.differs(step));
  }

  /** Reuses steps with everything inside them as they were, which they must still be. */
  #keepSame(steps: readonly FlowStep[], scope: string): void {
    for (const step of steps) {
      const old = this.#before.get(step.id);
      if (this.#old.find(`${scope}${step.id}`) === undefined) continue;
      if (old === undefined || !isSameStep(step, old)) throw new CannotRerun(rerunProblems.differs(step));
      this.#keepTree(step, scope);
    }
  }

  #keepTree(step: FlowStep, scope: string): void {
    const path = `${scope}${step.id}`;
    const entry = this.#old.find(path);
    if (entry === undefined) return;
    this.#keep(entry);
    if (step.kind === 'forEach' || step.kind === 'while')
      for (const inner of this.#old.insideLoop(path)) this.#keep(inner);
    else for (const { steps } of enabledLists(step)) for (const inner of steps) this.#keepTree(inner, scope);
  }

  #keep(entry: JournalEntry): void {
    this.#kept.set(entry.path, {
      ...entry,
      name: this.#names.get(entry.stepId) ?? entry.name,
      reusedFrom: entry.reusedFrom ?? this.#request.runId,
    });
  }

  /** A step that goes on: it has begun, and stands where it stood. */
  #reset(entry: JournalEntry, output?: Json): void {
    const { output: _output, error: _error, finishedAt: _finishedAt, reusedFrom: _reused, large, ...begun } = entry;
    this.#kept.set(entry.path, {
      ...begun,
      name: this.#names.get(entry.stepId) ?? entry.name,
      state: 'started',
      startedAt: this.#request.at,
      ...(large?.input === undefined ? {} : { large: { input: large.input } }),
      ...(output === undefined ? {} : { output }),
    });
  }
}
