import { AppError, fail, inputError, ok, type Problem, type Result } from '@fettle/base';
import { checkChange, type App, type ExtensionCatalog } from '@fettle/definition';
import { enablePatches, produceWithPatches, type Patch as ImmerPatch } from 'immer';
import { definitionOf, singlesOf, type Command, type SingleCommand } from './command-table.ts';
import type { Patch } from './commands/patch-apply.ts';
import type { AppDraft } from './define-command.ts';
import { recordVersions } from './record-versions.ts';

enablePatches();

/** What a command gives. */
export interface Applied {
  readonly app: App;
  /** What changed, as patches from the old app to the new one. */
  readonly patches: readonly Patch[];
  /** The command that undoes this one. */
  readonly inverse: Command;
}

/** What applying commands needs to know. */
export interface ApplyOptions {
  readonly catalog: ExtensionCatalog;
}

interface Step {
  readonly app: App;
  readonly patches: readonly ImmerPatch[];
  readonly inverse: readonly ImmerPatch[];
}

/**
 * Applies a command. Pure: the old app stays as it is, and whatever the command does not touch keeps its identity.
 * A command that would break the app is refused, with the reason and the next step; so is a batch with one such
 * command in it. Only what changed is checked.
 */
export function applyCommand(app: App, command: Command, options: ApplyOptions): Result<Applied, AppError> {
  try {
    // A copy: the app must not share objects with its caller, who may change them.
    const singles = structuredClone(singlesOf(command)) as readonly SingleCommand[];
    let step: Step = { app, patches: [], inverse: [] };
    for (const single of singles) {
      const next = applySingle(step.app, single, options);
      // Patches can say anything; what comes after them in a batch must find a sound app.
      if (single.type === 'patch.apply') assertSound(step.app, next.app);
      step = join(step, next);
    }
    assertSound(app, step.app);
    step = join(
      step,
      produceStep(step.app, (draft) => recordVersions(app, step.app, draft, options.catalog)),
    );
    const inverse: Command = { type: 'patch.apply', patches: step.inverse as Patch[] };
    return ok({ app: step.app, patches: step.patches as Patch[], inverse });
  } catch (error) {
    if (error instanceof AppError && error.kind !== 'bug') return fail(error);
    throw error;
  }
}

function applySingle(app: App, command: SingleCommand, { catalog }: ApplyOptions): Step {
  return produceStep(app, (draft) => definitionOf(command).apply({ app, draft, catalog }, command));
}

function produceStep(app: App, recipe: (draft: AppDraft) => void): Step {
  const [next, patches, inverse] = produceWithPatches(app, (draft) => {
    recipe(draft as AppDraft);
  });
  return { app: next, patches, inverse };
}

function join(first: Step, second: Step): Step {
  if (second.patches.length === 0) return { ...first, app: second.app };
  return {
    app: second.app,
    patches: [...first.patches, ...second.patches],
    inverse: [...second.inverse, ...first.inverse],
  };
}

function assertSound(before: App, after: App): void {
  const problems = checkChange(before, after);
  if (problems.length > 0) throw broken(problems);
}

function broken(problems: readonly Problem[]): AppError {
  const [first] = problems;
  return inputError({
    code: first?.code ?? 'edit.breaks-app',
    message: first?.message ?? 'This change would break the app.',
    hint: `Nothing was changed. The place: ${first?.path ?? 'unknown'}.`,
    problems,
  });
}
