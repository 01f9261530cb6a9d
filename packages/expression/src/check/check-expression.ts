import { functionTable } from '../functions/table.ts';
import type { FunctionEntry } from '../functions/entry.ts';
import { definitionOf, mayBeLeftOut, type LibraryDefinitions, type LibraryParameter } from '../library/definition.ts';
import { childrenOf, namesOf } from '../syntax/children.ts';
import type { Expression, ExpressionProblem, Template } from '../syntax/expression.ts';
import type { ArgumentNode, CallNode, MemberNode, SpreadNode } from '../syntax/node.ts';
import { problemAt } from '../syntax/problem.ts';
import { listMethods } from '../evaluate/methods/list-methods.ts';
import { mutatingMethods, numberMethods } from '../evaluate/methods/table.ts';
import { textMethods } from '../evaluate/methods/text-methods.ts';
import { canBe, typeWords } from './argument-types.ts';
import { meantHint } from './closest-name.ts';
import { describeUnknownFunction } from './unknown-function.ts';

/** The names that exist and, where it is known, the members that they have. `true` stands for any shape. */
export interface KnownNames {
  readonly [name: string]: true | KnownNames;
}

const noFunctions: LibraryDefinitions = {};

interface Check {
  readonly source: string;
  readonly known: KnownNames;
  readonly functions: LibraryDefinitions;
  readonly problems: ExpressionProblem[];
}

/** Finds names, members, functions and methods that do not exist, and calls with a wrong number of arguments. */
export function checkExpression(
  expression: Pick<Expression, 'node' | 'source'>,
  known: KnownNames,
  functions: LibraryDefinitions = noFunctions,
): readonly ExpressionProblem[] {
  const check: Check = { source: expression.source, known, functions, problems: [] };
  visit(check, expression.node, new Set());
  return check.problems.toSorted((a, b) => a.offset - b.offset);
}

/** {@link checkExpression} for every binding of a setting. Problems point into the binding's own source. */
export function checkTemplate(
  template: Template,
  known: KnownNames,
  functions?: LibraryDefinitions,
): readonly ExpressionProblem[] {
  if (template.kind === 'literal') return [];
  if (template.kind === 'expression') return checkExpression(template.expression, known, functions);
  return template.parts.flatMap((part) => (typeof part === 'string' ? [] : checkExpression(part, known, functions)));
}

function report(
  check: Check,
  [start, end]: readonly [number, number],
  problem: { readonly code: string; readonly message: string; readonly hint: string | undefined },
): void {
  check.problems.push(problemAt(check.source, { ...problem, start, end }));
}

type AnyNode = ArgumentNode | SpreadNode;

function visit(check: Check, node: AnyNode, locals: ReadonlySet<string>): void {
  if (node.kind === 'identifier' || node.kind === 'member') {
    shapeOf(check, node, locals);
    return;
  }
  if (node.kind === 'call') checkCall(check, node);
  if (node.kind === 'method') checkMethod(check, node);
  // `typeof name` asks whether a name exists, so the name may be unknown.
  if (node.kind === 'unary' && node.operator === 'typeof' && node.operand.kind === 'identifier') return;
  const inner = node.kind === 'arrow' ? new Set([...locals, ...node.parameters.flatMap(namesOf)]) : locals;
  for (const child of childrenOf(node)) visit(check, child, inner);
}

/** What is known of the value of a node; checks the node on the way. */
function shapeOf(check: Check, node: AnyNode, locals: ReadonlySet<string>): true | KnownNames {
  if (node.kind === 'member') return shapeOfMember(check, node, locals);
  if (node.kind !== 'identifier') {
    visit(check, node, locals);
    return true;
  }
  if (locals.has(node.name)) return true;
  if (Object.hasOwn(check.known, node.name)) return check.known[node.name] ?? true;
  const isFunction = functionTable.has(node.name);
  const hint = isFunction
    ? `"${node.name}" is a function: call it, ${node.name}(…).`
    : node.name.startsWith('$')
      ? `Functions of plugins are called: ${node.name}.name(…).`
      : meantHint(node.name, Object.keys(check.known));
  report(check, [node.start, node.end], {
    code: 'expression.unknown-name',
    message: `There is nothing named "${node.name}" here.`,
    hint,
  });
  return true;
}

function shapeOfMember(check: Check, node: MemberNode, locals: ReadonlySet<string>): true | KnownNames {
  const shape = shapeOf(check, node.object, locals);
  if (shape === true || Object.hasOwn(shape, node.name)) return shape === true ? true : (shape[node.name] ?? true);
  const owner = check.source.slice(node.object.start, node.object.end);
  const hint = meantHint(node.name, Object.keys(shape));
  report(check, [node.end - spelledLength(check.source, node), node.end], {
    code: 'expression.unknown-member',
    message: `"${owner}" has no "${node.name}".`,
    hint,
  });
  return true;
}

/** How much of the end of a member node its name takes: `name`, or `["name"]` as a whole. */
function spelledLength(source: string, node: MemberNode): number {
  return source.endsWith(node.name, node.end) ? node.name.length : node.end - node.object.end;
}

function checkCall(check: Check, node: CallNode): void {
  const ofLibrary = definitionOf(check.functions, node.name);
  const found = ofLibrary === undefined ? functionTable.get(node.name) : countsOf(ofLibrary.parameters);
  const nameEnd = node.start + node.name.length;
  if (found === undefined) {
    const unknown = describeUnknownFunction(node.name, Object.keys(check.functions));
    report(check, [node.start, nameEnd], { code: 'expression.unknown-function', ...unknown });
  } else if (!node.arguments.some((argument) => argument.kind === 'spread')) {
    checkArguments(check, node, found);
  }
  if (ofLibrary !== undefined) checkArgumentTypes(check, node, ofLibrary.parameters);
}

function countsOf(parameters: readonly LibraryParameter[]): Pick<FunctionEntry, 'minimum' | 'maximum'> {
  return {
    minimum: parameters.filter((parameter) => !mayBeLeftOut(parameter)).length,
    maximum: parameters.length,
  };
}

function checkArgumentTypes(check: Check, node: CallNode, parameters: readonly LibraryParameter[]): void {
  for (const [index, argument] of node.arguments.entries()) {
    if (argument.kind === 'spread') return;
    const parameter = parameters[index];
    if (argument.kind === 'arrow') {
      report(check, [argument.start, argument.end], {
        code: 'expression.unexpected-arrow',
        message: `"${node.name}" takes no arrow function there.`,
        hint: 'Functions of plugins take values only.',
      });
    } else if (parameter !== undefined && !canBe(argument, parameter.type, check.functions)) {
      report(check, [argument.start, argument.end], {
        code: 'expression.argument-type',
        message: `"${parameter.name}" of "${node.name}" is to be ${typeWords[parameter.type]}.`,
        hint: undefined,
      });
    }
  }
}

function checkArguments(check: Check, node: CallNode, found: Pick<FunctionEntry, 'minimum' | 'maximum'>): void {
  const count = node.arguments.length;
  const place = [node.start, node.start + node.name.length] as const;
  if (count < found.minimum) {
    report(check, place, {
      code: 'expression.too-few-arguments',
      message: `"${node.name}" needs at least ${found.minimum}, not ${count}.`,
      hint: undefined,
    });
  } else if (count > found.maximum) {
    report(check, place, {
      code: 'expression.too-many-arguments',
      message: `"${node.name}" takes at most ${found.maximum}, not ${count}.`,
      hint: undefined,
    });
  }
}

function checkMethod(check: Check, node: Extract<AnyNode, { kind: 'method' }>): void {
  const { name } = node;
  if (textMethods.has(name) || listMethods.has(name) || numberMethods.has(name)) return;
  const hint =
    mutatingMethods.get(name) ??
    meantHint(name, [...textMethods.keys(), ...listMethods.keys(), ...numberMethods.keys()]);
  report(check, [node.object.end, node.end], {
    code: 'expression.unknown-method',
    message: `No value has a method "${name}".`,
    hint,
  });
}
