import type { FlowActionImplementation } from '@fettle/sdk/server';
import type { ReadXmlOptions } from '../documents/read-xml.ts';
import { valueOfParts } from '../documents/value-parts.ts';
import { runTask } from '../off-thread/run-task.ts';
import { listOf, optionalText } from '../required.ts';
import { givenText, smallCharacters } from '../services/stored-text.ts';

/** See {@link parseXmlManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const text = await givenText(context, 'XML');
    const path = optionalText(settings['path']);
    const options: ReadXmlOptions = {
      text,
      lists: listOf<string>(settings['lists']),
      withoutPrefixes: settings['withoutPrefixes'] === true,
      asList: settings['asList'] === true,
      ...(path === undefined ? {} : { path }),
    };
    const parts = runTask({ task: 'read-xml', options, isSmall: text.length <= smallCharacters, signal });
    return { value: await valueOfParts(parts) };
  },
};
