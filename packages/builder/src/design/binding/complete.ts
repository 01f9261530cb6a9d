import { isName } from '@fettle/base';
import { standardFunctions } from '@fettle/expression';
import type { ExpressionWorld, WorldMember } from './expression-world.ts';
import type { FunctionHelp } from './plugin-functions.ts';
import { describeType, previewValue } from './preview-value.ts';

/** One thing that can be put in. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'name' | 'member' | 'function' | 'keyword';
  /** The text put in instead of what was typed. */
  readonly insert: string;
  /** Short, right of the label: a type or a signature. */
  readonly detail: string;
  /** Where the caret goes, counted from the end of `insert`. */
  readonly back?: number;
  /** Takes the `.` before it along: members that are no names are written `["…"]`. */
  readonly replacesDot?: boolean;
  readonly preview?: string;
  readonly spec?: FunctionHelp;
}

/** What can be put in at a place, and where what was typed of it begins. */
export interface Completion {
  readonly from: number;
  readonly suggestions: readonly Suggestion[];
}

const keywords = ['true', 'false', 'null', 'undefined', 'typeof'] as const;

/** Where the expression around the caret begins: after the last `{{` that is still open. Undefined in plain text. */
export function expressionStart(text: string, caret: number): number | undefined {
  const open = text.lastIndexOf('{{', caret - 1);
  if (open === -1 || open + 2 > caret) return undefined;
  const isEscaped = text[open - 1] === '\\' && text[open - 2] !== '\\';
  return isEscaped || text.slice(open + 2, caret).includes('}}') ? undefined : open + 2;
}

/**
 * Suggestions at the caret of a text with bindings. `isAsked`: the person asked for them, so they also come where
 * nothing has been typed.
 */
export function complete(
  text: string,
  caret: number,
  world: ExpressionWorld,
  isAsked: boolean,
): Completion | undefined {
  const start = expressionStart(text, caret);
  if (start === undefined) return undefined;
  const before = text.slice(start, caret);
  if (isInsideText(before)) return undefined;
  const word = /[\w$]*$/.exec(before)?.[0] ?? '';
  const from = caret - word.length;
  const head = before.slice(0, before.length - word.length);
  const dot = /(\?\.|\.)$/.exec(head);
  if (dot !== null) {
    const owner = ownerOf(head.slice(0, -dot[0].length));
    if (owner === undefined) return undefined;
    if (owner.startsWith('$')) return { from, suggestions: functionsOf(owner, world) };
    return { from, suggestions: world.members(owner).map(memberSuggestion) };
  }
  if (word === '' && !isAsked && !/(^|[\s([{,+\-*/%?:!=<>&|])$/.test(head)) return undefined;
  if (/^\d/.test(word)) return undefined;
  return {
    from,
    suggestions: [
      ...world.names().map(nameSuggestion),
      ...standardFunctions.map(functionSuggestion),
      ...world.functions.map(functionSuggestion),
      ...keywords.map((label) => ({ label, kind: 'keyword' as const, insert: label, detail: '' })),
    ],
  };
}

/** The expression whose members are asked for, read backwards from the dot: names, calls and indexes. */
export function ownerOf(source: string): string | undefined {
  let at = source.length;
  for (;;) {
    const end = at;
    const closing = source[at - 1];
    if (closing === ')' || closing === ']') {
      const open = openingOf(source, at - 1);
      if (open === undefined) return undefined;
      at = open;
      // `name(…)` and `name[…]`: the name belongs to it.
      if (/[\w$)\]]/.test(source[at - 1] ?? '')) continue;
      break;
    }
    const name = /[\w$]+$/.exec(source.slice(0, at))?.[0];
    if (name !== undefined) at -= name.length;
    const dot = /(\?\.|\.)$/.exec(source.slice(0, at))?.[0];
    if (dot === undefined) break;
    at -= dot.length;
    if (end === at) return undefined;
  }
  const owner = source.slice(at);
  return owner === '' || /^\d/.test(owner) ? undefined : owner;
}

function openingOf(source: string, closing: number): number | undefined {
  let depth = 0;
  for (let at = closing; at >= 0; at -= 1) {
    const character = source[at];
    if (character === ')' || character === ']') depth += 1;
    if (character === '(' || character === '[') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

/** True when a quote is open at the end. */
function isInsideText(source: string): boolean {
  let quote: string | undefined;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\' && quote !== undefined) at += 1;
    else if (quote === undefined && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = undefined;
  }
  return quote !== undefined;
}

function memberSuggestion(member: WorldMember): Suggestion {
  const isPlain = isName(member.name) || /^[A-Za-z_$][\w$]*$/.test(member.name);
  return {
    ...described(member),
    label: member.name,
    kind: 'member',
    insert: isPlain ? member.name : `[${JSON.stringify(member.name)}]`,
    ...(isPlain ? {} : { replacesDot: true }),
  };
}

function nameSuggestion(member: WorldMember): Suggestion {
  return { ...described(member), label: member.name, kind: 'name', insert: member.name };
}

function described({ value, type }: WorldMember): Pick<Suggestion, 'detail' | 'preview'> {
  if (value === undefined) return { detail: type ?? '' };
  return { detail: describeType(value), preview: previewValue(value, 200) };
}

/** Behind `$itOperations.`: the functions of that plugin. */
function functionsOf(owner: string, { functions }: ExpressionWorld): readonly Suggestion[] {
  return functions
    .filter(({ name }) => name.startsWith(`${owner}.`))
    .map((spec) => {
      const suggestion = functionSuggestion(spec);
      const strip = (text: string): string => text.slice(owner.length + 1);
      return { ...suggestion, label: strip(suggestion.label), insert: strip(suggestion.insert) };
    });
}

function functionSuggestion(spec: FunctionHelp): Suggestion {
  const takesNothing = spec.parameters.length === 0;
  return {
    label: spec.name,
    kind: 'function',
    insert: `${spec.name}()`,
    detail: spec.signature.slice(spec.name.length),
    ...(takesNothing ? {} : { back: 1 }),
    spec,
  };
}
