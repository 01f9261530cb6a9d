import type { RE2JS } from 're2js';
import type { Run } from '../evaluate/run.ts';
import { patternEngine } from './pattern-engine.ts';

const longestPattern = 500;
const compiled = new Map<string, RE2JS>();

/**
 * Compiles a regular expression for an engine that takes time linear in the text, so no pattern can run
 * away. Look-ahead, look-behind and back references do not exist in it. Flags: `i`, `m`, `s`.
 */
export function compilePattern(run: Run, pattern: string, flags: string): RE2JS {
  const key = `${flags}/${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  if (pattern.length > longestPattern)
    throw run.error('expression.bad-pattern', `A pattern is at most ${longestPattern} characters long.`);
  run.spend(500 + pattern.length * 20);
  const regex = parsePattern(run, pattern, flags);
  if (regex.programSize() > 2_000) {
    throw run.error('expression.bad-pattern', 'The pattern is too large.', 'Use smaller counts in braces.');
  }
  if (compiled.size >= 200) compiled.clear();
  compiled.set(key, regex);
  return regex;
}

function parsePattern(run: Run, pattern: string, flags: string): RE2JS {
  const engine = patternEngine(run);
  let bits = 0;
  for (const flag of flags) {
    if (flag === 'i') bits |= engine.CASE_INSENSITIVE;
    else if (flag === 'm') bits |= engine.MULTILINE;
    else if (flag === 's') bits |= engine.DOTALL;
    else throw run.error('expression.bad-pattern', 'The flags of a pattern are i, m and s.');
  }
  try {
    return engine.compile(pattern, bits);
  } catch {
    throw run.error(
      'expression.bad-pattern',
      'The pattern cannot be read.',
      'Look-ahead, look-behind and back references are not available; write \\\\d for \\d within a text.',
    );
  }
}

/** Pays for matching: the engine's work grows with the text and with the size of the pattern. */
export function payForMatch(run: Run, regex: RE2JS, text: string): void {
  run.spend(10 + Math.ceil((text.length * (4 + Math.min(regex.programSize(), 200))) / 16));
}
