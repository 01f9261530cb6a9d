import { expressionStart } from './complete.ts';

/** What is put in at a caret for a picked path: the path inside of braces, else a binding of its own. */
export function textToPutIn(text: string, caret: number, source: string): string {
  return expressionStart(text, caret) === undefined ? `{{ ${source} }}` : source;
}
