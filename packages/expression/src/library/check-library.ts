import { forbiddenKeys } from '@fettle/base';
import { checkExpression, type KnownNames } from '../check/check-expression.ts';
import { childrenOf } from '../syntax/children.ts';
import { maximumCallDepth, maximumFunctionLength, maximumFunctionSize } from '../syntax/limits.ts';
import type { ArgumentNode, ExpressionNode, SpreadNode } from '../syntax/node.ts';
import { parseExpression } from '../syntax/parse-expression.ts';
import { mayBeLeftOut, type LibraryDefinition, type LibraryDefinitions } from './definition.ts';

/** What is wrong with a function: with its text, or with one of its parameters. */
export interface LibraryProblem {
  readonly name: string;
  /** Within the definition: `/expression`, `/parameters/1/name`. */
  readonly path: string;
  readonly message: string;
}

interface Facts {
  /** Nodes of its own text. */
  readonly size: number;
  readonly calls: readonly string[];
}

/**
 * Everything wrong with the functions of one library: texts that do not parse, names that are no parameters, functions of
 * others, functions that call themselves, and what would be too much together. What passes ends, whatever it is given.
 */
export function checkLibrary(definitions: LibraryDefinitions): readonly LibraryProblem[] {
  const problems: LibraryProblem[] = [];
  const facts = new Map<string, Facts>();
  for (const [name, definition] of Object.entries(definitions)) {
    const add = (path: string, message: string): void => void problems.push({ name, path, message });
    checkParameters(definition, add);
    const { expression } = definition;
    if (expression.length > maximumFunctionLength) {
      add('/expression', `A function is at most ${maximumFunctionLength} characters long.`);
      continue;
    }
    const parsed = parseExpression(expression);
    if (!parsed.ok) {
      for (const problem of parsed.error.slice(0, 5)) add('/expression', described(problem));
      continue;
    }
    for (const problem of checkExpression(parsed.value, namesOf(definition), definitions)) {
      const hint =
        problem.code === 'expression.unknown-name'
          ? (problem.hint ?? 'A function sees its parameters and nothing of the place it is called from.')
          : problem.code === 'expression.unknown-function' && problem.message.includes('"$')
            ? 'A function calls standard functions and those of its own plugin.'
            : problem.hint;
      add('/expression', described({ ...problem, hint }));
    }
    facts.set(name, factsOf(parsed.value.node));
  }
  return [...problems, ...callProblems(facts)];
}

function described(problem: {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string | undefined;
}): string {
  const { line, column, message, hint } = problem;
  return `Line ${line}, column ${column}: ${message}${hint === undefined ? '' : ` ${hint}`}`;
}

function namesOf({ parameters }: LibraryDefinition): KnownNames {
  return Object.fromEntries(parameters.map(({ name }) => [name, true as const]));
}

const constants: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity']);

function checkParameters({ parameters }: LibraryDefinition, add: (path: string, message: string) => void): void {
  const seen = new Set<string>();
  let isOptional = false;
  parameters.forEach((parameter, index) => {
    const { name } = parameter;
    const path = `/parameters/${index}/name`;
    if (forbiddenKeys.has(name) || constants.has(name)) add(path, `"${name}" cannot be the name of a parameter.`);
    if (seen.has(name)) add(path, `There are two parameters called "${name}".`);
    seen.add(name);
    if (isOptional && !mayBeLeftOut(parameter))
      add(path, `"${name}" comes after a parameter that may be left out: give it a default, or put it first.`);
    isOptional ||= mayBeLeftOut(parameter);
  });
}

function factsOf(node: ExpressionNode): Facts {
  const calls: string[] = [];
  let size = 0;
  const visit = (one: ArgumentNode | SpreadNode): void => {
    size += 1;
    if (one.kind === 'call' && one.name.startsWith('$')) calls.push(one.name);
    for (const child of childrenOf(one)) visit(child);
  };
  visit(node);
  return { size, calls };
}

interface Unfolded {
  readonly size: number;
  readonly depth: number;
}

/** Follows calls from function to function, each once. */
function callProblems(facts: ReadonlyMap<string, Facts>): readonly LibraryProblem[] {
  const problems: LibraryProblem[] = [];
  const unfolded = new Map<string, Unfolded | 'under way'>();
  const add = (name: string, message: string): void => void problems.push({ name, path: '/expression', message });
  const unfold = (name: string, way: readonly string[]): Unfolded => {
    const known = unfolded.get(name);
    if (known === 'under way') {
      const circle = [...way.slice(way.indexOf(name)), name].join(' → ');
      add(way.at(-1) ?? name, `It calls itself: ${circle}. A function cannot, also not through others.`);
      return { size: 1, depth: 1 };
    }
    if (known !== undefined) return known;
    const own = facts.get(name);
    if (own === undefined || way.length > 200) return { size: 1, depth: 1 };
    unfolded.set(name, 'under way');
    const called = own.calls.map((one) => unfold(one, [...way, name]));
    const all: Unfolded = {
      size: own.size + called.reduce((sum, { size }) => sum + size, 0),
      depth: 1 + Math.max(0, ...called.map(({ depth }) => depth)),
    };
    unfolded.set(name, all);
    if (all.depth > maximumCallDepth && !called.some(({ depth }) => depth > maximumCallDepth))
      add(name, `Functions call each other at most ${maximumCallDepth} deep.`);
    if (all.size > maximumFunctionSize && !called.some(({ size }) => size > maximumFunctionSize))
      add(name, 'Together with the functions that it calls it is too large.');
    return all;
  };
  for (const name of facts.keys()) unfold(name, []);
  return problems;
}
