import { bareErrorRule } from './rules/no-bare-error.ts';
import { defaultExportRule } from './rules/no-default-export.ts';
import { fileNameRule } from './rules/file-name.ts';
import { layersRule } from './rules/layers.ts';

/** Our own lint rules, for oxlint. */
export default {
  meta: { name: 'fettle' },
  rules: {
    layers: layersRule,
    'no-bare-error': bareErrorRule,
    'no-default-export': defaultExportRule,
    'file-name': fileNameRule,
  },
};
