import type { FlowActionImplementation } from '@fettle/sdk/server';
import { isSmallValue } from '../documents/value-parts.ts';
import type { WriteJsonOptions } from '../documents/write-json.ts';
import { textOfTask } from '../off-thread/text-of-task.ts';
import { required } from '../required.ts';
import { describeStored, giveText, smallCharacters } from '../services/stored-text.ts';

/** See {@link buildJsonManifest}. */
export const action: FlowActionImplementation = {
  describe: describeStored,
  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const value = settings['value'] === null ? null : required(settings['value'], 'Give a value.');
    const schema = settings['schema'] ?? '';
    const format = settings['format'];
    const options: WriteJsonOptions = {
      value,
      format: format === 'indented' || format === 'lines' ? format : 'compact',
      ...(schema === '' ? {} : { schema }),
    };
    const isSmall = schema === '' && isSmallValue(value, smallCharacters);
    const text = await textOfTask({ task: 'write-json', options, isSmall, signal }, 'JSON');
    return giveText(context, { text, type: 'application/json' });
  },
};
