import { placeOf } from '../layer-table.ts';
import type { Rule } from './rule.ts';

/** One name for one thing everywhere: named exports only. */
export const defaultExportRule: Rule = {
  create(context) {
    if (placeOf(context.filename) === undefined) return {};
    return {
      ExportDefaultDeclaration(node) {
        context.report({ node, message: 'Use a named export.' });
      },
    };
  },
};
