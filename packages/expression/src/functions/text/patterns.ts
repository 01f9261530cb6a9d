import type { RE2JS } from 're2js';
import type { Run } from '../../evaluate/run.ts';
import { textOf, textOr } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';
import { compilePattern, payForMatch } from '../pattern.ts';

interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | null)[];
}

/** A function of a text and a pattern; `flagsAt` is the position of the flags. */
function onPattern(
  count: number,
  flagsAt: number,
  apply: (run: Run, text: string, regex: RE2JS, args: readonly unknown[]) => unknown,
): FunctionEntry {
  return entry(count, flagsAt + 1, (run, args) => {
    const text = textOf(run, args[0]);
    const regex = compilePattern(run, textOf(run, args[1]), textOr(run, args[flagsAt], ''));
    payForMatch(run, regex, text);
    return apply(run, text, regex, args);
  });
}

function matchesOf(run: Run, text: string, regex: RE2JS, most = Infinity): Match[] {
  const matcher = regex.matcher(text);
  const found: Match[] = [];
  while (found.length < most && matcher.find()) {
    run.spend(50 + matcher.groupCount());
    found.push({
      start: matcher.start(),
      end: matcher.end(),
      groups: Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group)),
    });
    if (found.length > run.arrayLength) run.allowList(found.length);
  }
  return found;
}

/** The first group of a match, or all of it when the pattern has no group. */
function partOf(match: Match): string | null {
  return (match.groups.length > 1 ? match.groups[1] : match.groups[0]) ?? null;
}

function replacePattern(run: Run, text: string, regex: RE2JS, replacement: string): string {
  let result = '';
  let from = 0;
  for (const match of matchesOf(run, text, regex)) {
    const filled = replacement.replace(/\$(\$|\d)/g, (_, mark: string) =>
      mark === '$' ? '$' : (match.groups[Number(mark)] ?? ''),
    );
    run.allowText(result.length + filled.length);
    result += text.slice(from, match.start) + filled;
    from = match.end;
  }
  run.allowText(result.length + text.length - from);
  return result + text.slice(from);
}

function splitPattern(run: Run, text: string, regex: RE2JS): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of matchesOf(run, text, regex)) {
    if (match.end === match.start) continue;
    parts.push(text.slice(from, match.start));
    from = match.end;
  }
  return [...parts, text.slice(from)];
}

/** Functions with regular expressions, all in time linear in the text. */
export const patternFunctions: FunctionFamily = {
  matches: onPattern(2, 2, (_, text, regex) => regex.matcher(text).find()),
  extract: onPattern(2, 2, (run, text, regex) => matchesOf(run, text, regex, 1).map(partOf)[0] ?? null),
  extractAll: onPattern(2, 2, (run, text, regex) => matchesOf(run, text, regex).map(partOf)),
  replacePattern: onPattern(3, 3, (run, text, regex, args) => replacePattern(run, text, regex, textOf(run, args[2]))),
  splitPattern: onPattern(2, 2, splitPattern),
};

/** True when compiled templates anywhere in the data call a pattern function, so that their engine must be loaded. */
export function needsPatternEngine(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  if (Array.isArray(data)) return data.some(needsPatternEngine);
  const { kind, name } = data as { readonly kind?: unknown; readonly name?: unknown };
  if (kind === 'call' && typeof name === 'string' && Object.hasOwn(patternFunctions, name)) return true;
  return Object.values(data).some(needsPatternEngine);
}
