import { mayBeLeftOut, type ParsedLibrary, type ParsedLibraryFunction } from '../library/definition.ts';
import { maximumCallDepth } from '../syntax/limits.ts';
import type { CallNode } from '../syntax/node.ts';
import { compile } from './compile.ts';
import type { Evaluate } from './compile.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { Run } from './run.ts';
import { createScope } from './scope.ts';

/** A function of a library, ready to be called. */
export interface LibraryFunction {
  readonly minimum: number;
  readonly maximum: number;
  /** Evaluates the body with these arguments. Errors are said to be of `node`, the call. */
  readonly call: (run: Run, node: CallNode, values: readonly unknown[]) => unknown;
}

/** Functions that expressions can call besides the standard ones. */
export interface FunctionLibrary {
  /** Undefined when there is none of this name. */
  get(name: string): LibraryFunction | undefined;
  names(): Iterable<string>;
}

const libraries = new WeakMap<ParsedLibrary, FunctionLibrary>();
const noNames = createScope({});

/** Makes a library of parsed functions. Each is compiled when it is first called; the same object gives the same library. */
export function createFunctionLibrary(functions: ParsedLibrary): FunctionLibrary {
  const known = libraries.get(functions);
  if (known !== undefined) return known;
  const compiled = new Map<string, LibraryFunction>();
  const library: FunctionLibrary = {
    get(name) {
      const found = compiled.get(name);
      if (found !== undefined || !Object.hasOwn(functions, name)) return found;
      const made = compileFunction(functions[name] as ParsedLibraryFunction);
      compiled.set(name, made);
      return made;
    },
    names: () => Object.keys(functions),
  };
  libraries.set(functions, library);
  return library;
}

function compileFunction({ parameters, node: body }: ParsedLibraryFunction): LibraryFunction {
  const slots = new Map(parameters.map(({ name }, index) => [name, index]));
  const counter = { slots: parameters.length, nodes: 0 };
  const evaluate = compile(body, { slots, counter, depth: 0 });
  return {
    minimum: parameters.filter((parameter) => !mayBeLeftOut(parameter)).length,
    maximum: parameters.length,
    call(run, node, values) {
      run.spend(1 + counter.nodes);
      const locals = parameters.map(({ default: fallback }, index) =>
        values[index] === undefined ? fallback : values[index],
      );
      return apart(run, node, { locals, evaluate });
    },
  };
}

/** Evaluates a body with names of its own: neither the scope of the call nor its arrow parameters are in reach. */
function apart(
  run: Run,
  node: CallNode,
  { locals, evaluate }: { readonly locals: unknown[]; readonly evaluate: Evaluate },
): unknown {
  const { scope, locals: outer, offset, length } = run;
  if (run.calls >= maximumCallDepth)
    throw run.errorAt(node, 'expression.calls-too-deep', `The functions that "${node.name}" calls nest too deeply.`);
  run.calls += 1;
  run.scope = noNames;
  run.locals = locals;
  try {
    const value = evaluate(run);
    run.offset = offset;
    run.length = length;
    return value;
  } catch (error) {
    // Its place is one in the function's own text, which nobody sees who calls it.
    if (!(error instanceof EvaluationError)) throw error;
    throw run.errorAt(node, error.code, `In ${node.name}: ${error.message}`, error.hint);
  } finally {
    run.calls -= 1;
    run.scope = scope;
    run.locals = outer;
  }
}
