import { complaintAboutImport, placeOf } from '../layer-table.ts';
import type { Rule, SyntaxNode } from './rule.ts';

/** Imports go down only, and some libraries live in one place only: tooling/layers.json. */
export const layersRule: Rule = {
  create(context) {
    const place = placeOf(context.filename);
    if (place === undefined) return {};
    const check = (node: SyntaxNode): void => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const message = complaintAboutImport(place, specifier);
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: (node) => {
        check(node);
        context.report({ node, message: 'Name what you export: no `export *`.' });
      },
    };
  },
};
