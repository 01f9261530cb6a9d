import { meantHint } from '../check/closest-name.ts';
import { describeUnknownFunction } from '../check/unknown-function.ts';
import type { FunctionEntry } from '../functions/entry.ts';
import { functionTable } from '../functions/table.ts';
import type { ArgumentNode, CallNode, MethodNode } from '../syntax/node.ts';
import { compileArrow } from './compile-arrow.ts';
import { compile } from './compile.ts';
import type { Compilation, Evaluate } from './compile.ts';
import { spreadInto } from './compile-literals.ts';
import { methodsOf, mutatingMethods } from './methods/table.ts';
import type { Run } from './run.ts';
import { safe } from './values.ts';

interface CompiledArguments {
  readonly evaluate: (run: Run) => unknown[];
  /** Positions of arrow functions, as bits. */
  readonly callbacks: number;
}

/** Compiles a call of a standard function. */
export function compileCall(node: CallNode, context: Compilation): Evaluate {
  const args = compileArguments(node.arguments, context);
  const found = functionTable.get(node.name);
  if (found !== undefined) return (run) => invoke(run, node, found, args, args.evaluate(run));
  return (run) => {
    const ofLibrary = run.limits.functions?.get(node.name);
    if (ofLibrary === undefined) throw unknownFunction(run, node);
    const list = args.evaluate(run);
    assertArguments(run, node, { ...ofLibrary, callbacks: 0 }, { list, callbacks: args.callbacks });
    return safe(ofLibrary.call(run, node, list));
  };
}

function unknownFunction(run: Run, node: CallNode): Error {
  const { message, hint } = describeUnknownFunction(node.name, run.limits.functions?.names() ?? []);
  return run.errorAt(node, 'expression.unknown-function', message, hint);
}

/** Compiles a call of a method. A method of nothing gives nothing. */
export function compileMethod(node: MethodNode, context: Compilation): Evaluate {
  const object = compile(node.object, context);
  const args = compileArguments(node.arguments, context);
  return (run) => {
    const value = object(run);
    if (value === null || value === undefined) return undefined;
    const found = methodsOf(value)?.get(node.name);
    if (found === undefined) throw unknownMethod(run, node, value);
    const list = args.evaluate(run);
    list.unshift(value);
    return invoke(run, node, found, args, list);
  };
}

function unknownMethod(run: Run, node: MethodNode, value: unknown): Error {
  const kind = Array.isArray(value)
    ? 'list'
    : typeof value === 'string'
      ? 'text'
      : typeof value === 'object'
        ? 'object'
        : typeof value;
  const hint = mutatingMethods.get(node.name) ?? meantHint(node.name, methodsOf(value)?.keys() ?? []);
  return run.errorAt(node, 'expression.unknown-method', `A ${kind} has no method "${node.name}".`, hint);
}

function invoke(
  run: Run,
  node: CallNode | MethodNode,
  found: FunctionEntry,
  args: CompiledArguments,
  list: unknown[],
): unknown {
  assertArguments(run, node, found, { list, callbacks: args.callbacks });
  run.spend(1);
  return safe(found.run(run, list));
}

function assertArguments(
  run: Run,
  node: CallNode | MethodNode,
  found: Pick<FunctionEntry, 'minimum' | 'maximum' | 'callbacks'>,
  { list, callbacks }: { readonly list: readonly unknown[]; readonly callbacks: number },
): void {
  const self = node.kind === 'method' ? 1 : 0;
  run.at(node);
  if ((callbacks << self) & ~found.callbacks) {
    throw run.error('expression.unexpected-arrow', `"${node.name}" takes no arrow function there.`);
  }
  if (list.length - self < found.minimum) {
    throw run.error(
      'expression.too-few-arguments',
      `"${node.name}" needs at least ${found.minimum} argument${found.minimum === 1 ? '' : 's'}.`,
    );
  }
  if (list.length - self > found.maximum && self === 0) {
    throw run.error(
      'expression.too-many-arguments',
      `"${node.name}" takes at most ${found.maximum} argument${found.maximum === 1 ? '' : 's'}.`,
    );
  }
}

function compileArguments(nodes: readonly ArgumentNode[], context: Compilation): CompiledArguments {
  let callbacks = 0;
  let hasSpread = false;
  const parts = nodes.map((node, index) => {
    if (node.kind === 'arrow') {
      // After a spread the position of an argument is unknown, so it counts as one that no function declares.
      callbacks |= 1 << (hasSpread || index > 20 ? 25 : index);
      return { spread: false, value: compileArrow(node, context) };
    }
    const spread = node.kind === 'spread';
    hasSpread ||= spread;
    return { spread, value: compile(node.kind === 'spread' ? node.value : node, context) };
  });
  const evaluate = (run: Run): unknown[] => {
    const list: unknown[] = [];
    for (const { spread, value } of parts) {
      if (spread) spreadInto(run, list, value(run));
      else list.push(value(run));
    }
    return list;
  };
  return { evaluate, callbacks };
}
