import type { Json } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import type { ReadJsonOptions, ReadJsonPart } from '../documents/read-json.ts';
import { valueOfParts } from '../documents/value-parts.ts';
import { notFitting } from '../documents/write-json.ts';
import { runTask } from '../off-thread/run-task.ts';
import { optionalText } from '../required.ts';
import { givenText, smallCharacters } from '../services/stored-text.ts';

/** See {@link parseJsonManifest}. A schema can take long on a small text, so that it is never used on this thread. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const text = await givenText(context, 'JSON');
    const path = optionalText(settings['path']);
    const schema = settings['schema'] ?? '';
    const options: ReadJsonOptions = {
      text,
      isLines: settings['format'] === 'lines',
      ...(path === undefined ? {} : { path }),
      ...(schema === '' ? {} : { schema }),
    };
    const isSmall = schema === '' && text.length <= smallCharacters;
    const parts = runTask({ task: 'read-json', options, isSmall, signal });
    const first = (await parts.next()).value as ReadJsonPart | undefined;
    const found = first !== undefined && 'problems' in first ? first.problems : [];
    if (found.length > 0 && settings['whenNotFitting'] !== 'tell') {
      await parts.return();
      throw notFitting(found);
    }
    const value: Json = await valueOfParts(parts);
    return { value, fits: found.length === 0, problems: found.map(({ path: at, message }) => ({ path: at, message })) };
  },
};
