import type { FlowActionImplementation } from '@fettle/sdk/server';
import { isSmallValue } from '../documents/value-parts.ts';
import type { WriteXmlOptions } from '../documents/write-xml.ts';
import { textOfTask } from '../off-thread/text-of-task.ts';
import { optionalText, required, requiredText } from '../required.ts';
import { describeStored, giveText, smallCharacters } from '../services/stored-text.ts';

/** See {@link buildXmlManifest}. */
export const action: FlowActionImplementation = {
  describe: describeStored,
  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const options: WriteXmlOptions = {
      root: requiredText(settings['root'], 'Name the outer element.'),
      value: required(settings['value'], 'Give a value.'),
      item: optionalText(settings['item']) ?? 'item',
      isIndented: settings['indent'] !== false,
    };
    const isSmall = isSmallValue(options.value, smallCharacters);
    const text = await textOfTask({ task: 'write-xml', options, isSmall, signal }, 'XML');
    return giveText(context, { text, type: 'application/xml' });
  },
};
