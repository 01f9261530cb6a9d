import { fail, ok } from '@fettle/base';
import type { Result } from '@fettle/base';
import { parseExpressionAt, tokTypes, tokenizer } from 'acorn';
import type { Expression as ParserExpression, Options } from 'acorn';
import { convert } from './convert.ts';
import type { Conversion, Occurrence } from './convert.ts';
import type { DependencyPath, Expression, ExpressionProblem } from './expression.ts';
import { maximumNesting, maximumSourceLength } from './limits.ts';
import type { ExpressionNode } from './node.ts';
import { problemAt } from './problem.ts';
import { statementWords } from './refusals.ts';

const options: Options = { ecmaVersion: 2023, sourceType: 'module', preserveParens: true };

/** An expression with every reading of the scope and where it stands. */
export interface Analysis {
  readonly node: ExpressionNode;
  readonly occurrences: readonly Occurrence[];
}

/**
 * Parses one expression of the language: a subset of JavaScript expressions. Problems point at the
 * place in `source`. Never throws, whatever the text.
 */
export function parseExpression(source: string): Result<Expression, readonly ExpressionProblem[]> {
  const analysis = analyse(source);
  if (!analysis.ok) return analysis;
  const { node, occurrences } = analysis.value;
  return ok({ source, node, dependencies: dependenciesOf(occurrences) });
}

/** {@link parseExpression} with the places of names, for rewriting. */
export function analyse(source: string): Result<Analysis, readonly ExpressionProblem[]> {
  if (source.length > maximumSourceLength) {
    return failAt(
      source,
      maximumSourceLength,
      'expression.too-long',
      `The expression is longer than ${maximumSourceLength} characters.`,
    );
  }
  if (source.trim() === '')
    return failAt(
      source,
      0,
      'expression.empty',
      'The expression is empty.',
      'Write a name, a value or a function call.',
    );
  try {
    const nesting = findDeepNesting(source);
    if (nesting !== undefined) return tooDeep(source, nesting);
    const tree = parseExpressionAt(source, 0, options);
    const rest = tokenizer(source.slice(tree.end), options).getToken();
    if (rest.type !== tokTypes.eof) return unexpected(source, tree.end + rest.start, tree.end + rest.end);
    return convertTree(source, tree);
  } catch (error) {
    if (isStackOverflow(error)) return tooDeep(source, 0);
    if (error instanceof SyntaxError && error.message.startsWith('Not enough stack')) return tooDeep(source, 0);
    if (error instanceof SyntaxError && 'pos' in error && typeof error.pos === 'number') {
      return syntaxProblem(source, error.pos, error.message);
    }
    throw error;
  }
}

function convertTree(source: string, tree: ParserExpression): Result<Analysis, readonly ExpressionProblem[]> {
  const conversion: Conversion = { source, problems: [], occurrences: [], depth: 0, tooDeep: false };
  const node = convert(conversion, tree, new Set());
  if (conversion.problems.length > 0) return fail(conversion.problems.toSorted((a, b) => a.offset - b.offset));
  return ok({ node, occurrences: conversion.occurrences });
}

/** The parser recurses per bracket: text that would take it very deep is refused before it starts. */
function findDeepNesting(source: string): number | undefined {
  let depth = 0;
  for (let index = 0; index < source.length; index += 1) {
    const character = source.charCodeAt(index);
    if (character === 40 || character === 91 || character === 123) depth += 1;
    else if (character === 41 || character === 93 || character === 125) depth -= 1;
    if (depth > maximumNesting * 5) return index;
  }
  return undefined;
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.message.includes('recursion'));
}

function tooDeep(source: string, at: number): Result<never, readonly ExpressionProblem[]> {
  return failAt(
    source,
    at,
    'expression.too-deep',
    'The expression nests too deeply.',
    'Split it into state variables or shorter expressions.',
  );
}

function syntaxProblem(source: string, at: number, message: string): Result<never, readonly ExpressionProblem[]> {
  const plain = message.replace(/ \(\d+:\d+\)$/, '');
  const wordEnd = at + (/^[A-Za-z_$][\w$]*/.exec(source.slice(at, at + 60))?.[0].length ?? 1);
  if (plain.startsWith('Unexpected token') || plain.startsWith('Unexpected keyword') || plain.includes('reserved')) {
    return unexpected(source, at, wordEnd);
  }
  return failAt(source, at, 'expression.syntax', `${plain}.`);
}

function unexpected(source: string, start: number, end: number): Result<never, readonly ExpressionProblem[]> {
  if (source.slice(start).trim() === '') {
    return failAt(
      source,
      start,
      'expression.syntax',
      'The expression ends too early.',
      'Something is missing: a value, a name or a closing bracket.',
    );
  }
  const word = source.slice(start, Math.min(end, start + 30));
  const hint = statementWords.has(word)
    ? 'Only expressions can stand here, no statements. Use condition ? a : b instead of if.'
    : undefined;
  return fail([problemAt(source, { code: 'expression.syntax', message: `Unexpected "${word}".`, hint, start, end })]);
}

function failAt(
  source: string,
  at: number,
  code: string,
  message: string,
  hint?: string,
): Result<never, readonly ExpressionProblem[]> {
  return fail([problemAt(source, { code, message, hint, start: at, end: at + 1 })]);
}

function dependenciesOf(occurrences: readonly Occurrence[]): readonly DependencyPath[] {
  const paths = new Map<string, DependencyPath>();
  for (const { segments } of occurrences) {
    const path = segments.map((segment) => segment.name);
    paths.set(JSON.stringify(path), path);
  }
  return [...paths.values()];
}
