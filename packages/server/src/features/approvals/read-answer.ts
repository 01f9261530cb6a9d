import { inputError, type Json } from '@fettle/base';
import { checkParameters, type Parameter } from '@fettle/definition';
import type { Answerer } from '../flows/waits.store.ts';

/** An answer as its run gets it, checked against what the approval asks to fill in. */
export function readAnswer(
  body: Readonly<Record<string, unknown>>,
  fields: readonly Parameter[],
  by: Answerer | null,
): Json {
  const { approved, comment, values } = body;
  if (typeof approved !== 'boolean')
    throw inputError({
      code: 'flow-answer.approved',
      message: 'Say whether it is approved.',
      hint: 'Send {"approved": true} or {"approved": false}.',
    });
  if (comment !== undefined && (typeof comment !== 'string' || comment.length > 5_000))
    throw inputError({ code: 'flow-answer.comment', message: 'A comment is a text of 5,000 characters at most.' });
  return {
    approved,
    comment: comment ?? null,
    // Who refuses need not fill anything in.
    values: approved ? { ...checkParameters(fields, values ?? {}, 'approval') } : {},
    by: by === null ? null : { ...by },
  };
}
