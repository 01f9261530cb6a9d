import type { Json } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { requiredText } from '../required.ts';

/** See {@link runQueryManifest}. */
export const action: FlowActionImplementation = {
  async run({ settings, data, signal, log }) {
    signal.throwIfAborted();
    const query = requiredText(settings['query'], 'Choose a query.');
    const result = await data.runQuery(query, (settings['parameters'] ?? {}) as Readonly<Record<string, Json>>);
    if (result.truncated) log('warn', 'The result was cut: the query gives more rows than it may.');
    return {
      data: result.data,
      truncated: result.truncated,
      ...(result.affectedRows === undefined ? {} : { affectedRows: result.affectedRows }),
    };
  },
};
