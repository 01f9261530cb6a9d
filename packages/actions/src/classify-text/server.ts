import type { Json } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import type { Pair } from '../http/settings.ts';
import { askForValue } from '../models/ask-model.ts';
import { listOf, optionalText, required, requiredText } from '../required.ts';

/** See {@link classifyTextManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const classes = listOf<Pair>(settings['classes']);
    required(classes[0], 'Name the classes to choose from.');
    const mayBeNone = settings['none'] === true;
    const isSeveral = settings['several'] === true;
    const names = classes.map(({ name }) => name);
    const lines = classes.map(({ name, value }) => `- ${name}${describedBy(optionalText(value))}`);
    const how = isSeveral
      ? `Find all classes that fit the text, the best first.${mayBeNone ? '' : ' There is at least one.'}`
      : `Find the one class that fits the text best.${mayBeNone ? ' Give none when no class fits.' : ''}`;
    const { value, inputTokens, outputTokens } = await askForValue(
      context,
      { task: `${how}\nClasses:\n${lines.join('\n')}`, text: requiredText(settings['text'], 'Give the text.') },
      shapeOf(names, { least: mayBeNone ? 0 : 1, most: isSeveral ? 2 * names.length : 1 }),
    );
    const labels = [...new Set((value as { readonly labels: readonly string[] }).labels)];
    return { label: labels[0] ?? null, labels, inputTokens, outputTokens };
  },
};

function describedBy(text: string | undefined): string {
  return text === undefined ? '' : `: ${text}`;
}

function shapeOf(names: readonly string[], { least, most }: { readonly least: number; readonly most: number }): Json {
  return {
    type: 'object',
    properties: {
      labels: { type: 'array', items: { type: 'string', enum: names }, minItems: least, maxItems: most },
    },
    required: ['labels'],
    additionalProperties: false,
  };
}
