import {
  checkTemplate,
  parseTemplate,
  type Expression,
  type KnownNames,
  type LibraryDefinitions,
} from '@fettle/expression';

/** Something wrong with a text that holds bindings, in place. */
export interface Diagnosis {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** What is wrong with a text: bindings that do not parse, else names and functions that do not exist. */
export function diagnose(
  text: string,
  known: KnownNames | undefined,
  functions?: LibraryDefinitions,
): readonly Diagnosis[] {
  const parsed = parseTemplate(text);
  if (!parsed.ok)
    return parsed.error.map(({ offset, length, message, hint }) =>
      place({ offset, length, text: words(message, hint), isError: true }),
    );
  if (known === undefined || parsed.value.kind === 'literal') return [];
  const template = parsed.value;
  const parts =
    template.kind === 'expression' ? [template.expression] : template.parts.filter((part) => typeof part !== 'string');
  let from = 0;
  return parts.flatMap((expression: Expression) => {
    const at = text.indexOf(`{{${expression.source}}}`, from);
    const start = at === -1 ? from : at + 2;
    from = start + expression.source.length;
    return checkTemplate({ kind: 'expression', expression }, known, functions).map(
      ({ code, offset, length, message, hint }) =>
        place({
          offset: start + offset,
          length,
          text: words(message, hint),
          isError: code !== 'expression.unknown-member',
        }),
    );
  });
}

function place(problem: {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
  readonly isError: boolean;
}): Diagnosis {
  const { offset, length, text, isError } = problem;
  return { from: offset, to: offset + Math.max(length, 1), severity: isError ? 'error' : 'warning', message: text };
}

function words(message: string, hint: string | undefined): string {
  return hint === undefined ? message : `${message} ${hint}`;
}
