import { placeOf } from '../layer-table.ts';
import type { Rule } from './rule.ts';

/** Errors carry a code, a message for a person and a next step: `throw new Error(…)` has none of them. */
export const bareErrorRule: Rule = {
  create(context) {
    const place = placeOf(context.filename);
    if (place === undefined || place.isTest) return {};
    return {
      ThrowStatement(node) {
        const thrown = node.argument;
        const isBare =
          thrown?.type === 'NewExpression' && ['Error', 'TypeError', 'RangeError'].includes(thrown.callee?.name ?? '');
        if (isBare) {
          context.report({ node, message: 'Throw an AppError of @fettle/base (inputError, notFound, bug …).' });
        }
      },
    };
  },
};
