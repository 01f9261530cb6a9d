import type { ArrowNode, PatternNode } from '../syntax/node.ts';
import { compile } from './compile.ts';
import type { Compilation } from './compile.ts';
import type { Callback, Run } from './run.ts';
import { held, readMember, safe } from './values.ts';

type Bind = (run: Run, value: unknown) => void;

/** Compiles an arrow function to a maker of its callback. Each call pays for the size of the body. */
export function compileArrow(node: ArrowNode, context: Compilation): (run: Run) => Callback {
  const before = context.counter.nodes;
  const slots = new Map(context.slots);
  for (const parameter of node.parameters) claimSlots(parameter, slots, context.counter);
  const inner: Compilation = { ...context, slots };
  const binds = node.parameters.map((parameter) => compilePattern(parameter, inner));
  const body = compile(node.body, inner);
  const weight = 1 + context.counter.nodes - before;
  const [first, second, third] = binds;
  const restBinds = binds.slice(3);
  return (run) => (a, b, c) => {
    const { offset, length } = run;
    run.spend(weight);
    first?.(run, a);
    second?.(run, b);
    third?.(run, c);
    for (const bind of restBinds) bind(run, undefined);
    const value = body(run);
    run.offset = offset;
    run.length = length;
    return held(run, value);
  };
}

function claimSlots(pattern: PatternNode, slots: Map<string, number>, counter: Compilation['counter']): void {
  if (pattern.kind === 'name') {
    slots.set(pattern.name, counter.slots);
    counter.slots += 1;
  } else if (pattern.kind === 'members') {
    for (const { target } of pattern.members) claimSlots(target, slots, counter);
  } else {
    for (const item of pattern.items) if (item) claimSlots(item, slots, counter);
  }
}

function compilePattern(pattern: PatternNode, context: Compilation): Bind {
  context.counter.nodes += 1;
  const bind = compileTarget(pattern, context);
  if (pattern.fallback === undefined) return bind;
  const fallback = compile(pattern.fallback, context);
  return (run, value) => bind(run, value === undefined ? fallback(run) : value);
}

function compileTarget(pattern: PatternNode, context: Compilation): Bind {
  if (pattern.kind === 'name') {
    const slot = context.slots.get(pattern.name) ?? 0;
    return (run, value) => {
      run.locals[slot] = safe(value);
    };
  }
  const parts =
    pattern.kind === 'members'
      ? pattern.members.map(({ key, target }) => ({ key, bind: compilePattern(target, context) }))
      : pattern.items.flatMap((item, index) =>
          item ? [{ key: String(index), bind: compilePattern(item, context) }] : [],
        );
  return (run, value) => {
    for (const { key, bind } of parts) bind(run, readMember(run, value, key));
  };
}
