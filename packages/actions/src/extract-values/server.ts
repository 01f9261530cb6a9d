import { isJsonObject, type Json } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import type { Pair } from '../http/settings.ts';
import { askForValue } from '../models/ask-model.ts';
import { listOf, optionalText, required, requiredText } from '../required.ts';

const task =
  'Take the values out of the text as it says them. Use null for what it does not say: never guess. Write dates as YYYY-MM-DD.';

const types: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  text: { type: ['string', 'null'] },
  number: { type: ['number', 'null'] },
  integer: { type: ['integer', 'null'] },
  boolean: { type: ['boolean', 'null'] },
  date: { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  list: { type: ['array', 'null'], items: { type: 'string' } },
};

/** See {@link extractValuesManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const fields = listOf<Pair>(settings['fields']);
    const own = settings['schema'] ?? '';
    if (own === '') required(fields[0], 'Name the values to take out.');
    const { value, inputTokens, outputTokens } = await askForValue(
      context,
      { task, text: requiredText(settings['text'], 'Give the text.') },
      own === '' ? shapeOf(fields) : own,
    );
    return { value: isJsonObject(value) ? value : { value }, inputTokens, outputTokens };
  },
};

function shapeOf(fields: readonly Pair[]): Json {
  const properties = fields.map(({ name, value }): readonly [string, Json] => {
    const said = optionalText(value) ?? '';
    const [, type = 'text', description = ''] = /^(text|number|integer|boolean|date|list)\b[\s,:;-]*([\s\S]*)$/i.exec(
      said,
    ) ?? [undefined, 'text', said];
    const shape = types[type.toLowerCase()] ?? {};
    return [name, { ...shape, ...(description === '' ? {} : { description }) }];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: fields.map(({ name }) => name),
    additionalProperties: false,
  };
}
