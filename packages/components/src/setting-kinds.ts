import { choice, dataSettingSchema, setting, type SettingHint } from '@fettle/sdk';
import type { Deferred } from '@fettle/sdk/react';
import { Type } from 'typebox';

const spaces = ['none', 'extra-small', 'small', 'medium', 'large', 'extra-large'] as const;
const spaceLabels = {
  none: 'None',
  'extra-small': '4',
  small: '8',
  medium: '16',
  large: '24',
  'extra-large': '32',
} as const;

/** A step of the space scale. */
export type Space = (typeof spaces)[number];

/** The gap between children. */
export function gapChoice(section: string) {
  return choice(spaces, { title: 'Gap', default: 'medium', labels: spaceLabels, ui: { editor: 'select', section } });
}

/** The space inside the border of a container. */
export function paddingChoice(section: string) {
  return choice(spaces, { title: 'Padding', default: 'none', labels: spaceLabels, ui: { editor: 'select', section } });
}

/** A setting that says where rows come from. */
export function dataChoice(title = 'Data', description?: string) {
  return Type.Optional(
    setting(dataSettingSchema, {
      title,
      ...(description === undefined ? {} : { description }),
      ui: { editor: 'data', section: 'Data', bindable: false },
    }),
  );
}

/** A text that is worked out once per row: the component gets a function of `names`. */
export function perRowText(
  names: readonly string[],
  options: { readonly title: string; readonly description?: string; readonly ui?: SettingHint },
) {
  const { ui, ...rest } = options;
  return Type.Optional(
    Type.Unsafe<Deferred<unknown>>(
      setting(Type.String(), { ...rest, ui: { editor: 'expression', ...ui, deferred: names } }),
    ),
  );
}

/** Status colours and the accent, by meaning. */
export const tones = ['neutral', 'accent', 'info', 'success', 'warning', 'danger'] as const;

/** One of {@link tones}. */
export type Tone = (typeof tones)[number];

/** What {@link tones} are called in the builder. */
export const toneLabels: Readonly<Record<Tone, string>> = {
  neutral: 'Neutral',
  accent: 'Accent',
  info: 'Information',
  success: 'Success',
  warning: 'Warning',
  danger: 'Danger',
};

/** A choice of {@link tones}. */
export function toneChoice(options: { readonly section: string; readonly default: Tone; readonly title?: string }) {
  return choice(tones, {
    title: options.title ?? 'Colour',
    default: options.default,
    labels: toneLabels,
    ui: { editor: 'select', section: options.section },
  });
}

/** Columns to read, for components whose expressions use rows freely. Related columns are `relation.column`. */
export function columnsToLoad() {
  return Type.Optional(
    setting(Type.Array(Type.String({ maxLength: 260 }), { maxItems: 200 }), {
      title: 'Columns to load',
      description: 'All columns of the table when empty. Choose columns of related rows here to use them.',
      ui: { editor: 'columnList', section: 'Data', of: 'data', advanced: true, bindable: false },
    }),
  );
}

const alignments = ['start', 'center', 'end'] as const;

/** Where text stands in its line. */
export function textAlignChoice(section: string) {
  return choice(alignments, {
    title: 'Align',
    default: 'start',
    labels: { start: 'Start', center: 'Centre', end: 'End' },
    ui: { editor: 'segmented', section },
  });
}

const sizes = ['extra-small', 'small', 'medium', 'large', 'extra-large'] as const;

/** One of five sizes. */
export type Size = (typeof sizes)[number];

/** A choice of {@link Size}. */
export function sizeChoice(options: { readonly section: string; readonly default: Size; readonly title?: string }) {
  return choice(sizes, {
    title: options.title ?? 'Size',
    default: options.default,
    labels: {
      'extra-small': 'Extra small',
      small: 'Small',
      medium: 'Medium',
      large: 'Large',
      'extra-large': 'Extra large',
    },
    ui: { editor: 'select', section: options.section },
  });
}

/** An optional icon. */
export function iconChoice(section: string, title = 'Icon') {
  return Type.Optional(setting(Type.String({ maxLength: 60 }), { title, ui: { editor: 'icon', section } }));
}

/** An optional text that may be bound. */
export function optionalText(
  title: string,
  options: { readonly section: string; readonly description?: string; readonly ui?: SettingHint },
) {
  return Type.Optional(
    setting(Type.String(), {
      title,
      ...(options.description === undefined ? {} : { description: options.description }),
      ui: { section: options.section, ...options.ui },
    }),
  );
}

/** One entry of a group of buttons or a menu. */
export function itemList(section: string, title: string) {
  return setting(
    Type.Array(
      Type.Object({
        id: setting(Type.String({ minLength: 1, maxLength: 64 }), { title: 'Id', ui: { bindable: false } }),
        label: setting(Type.String(), { title: 'Label' }),
        icon: Type.Optional(setting(Type.String(), { title: 'Icon', ui: { editor: 'icon' } })),
        danger: Type.Optional(setting(Type.Boolean(), { title: 'Marks a destructive act', default: false })),
        disabled: Type.Optional(setting(Type.Boolean(), { title: 'Disabled', default: false })),
        visible: Type.Optional(setting(Type.Boolean(), { title: 'Shown', default: true })),
      }),
      { minItems: 1, maxItems: 30 },
    ),
    {
      title,
      default: [
        { id: 'first', label: 'First' },
        { id: 'second', label: 'Second' },
      ],
      ui: { section },
    },
  );
}
