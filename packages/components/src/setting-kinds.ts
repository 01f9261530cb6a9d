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

/** A choice of {@link tones}. */
export function toneChoice(options: { readonly section: string; readonly default: Tone; readonly title?: string }) {
  return choice(tones, {
    title: options.title ?? 'Colour',
    default: options.default,
    labels: {
      neutral: 'Neutral',
      accent: 'Accent',
      info: 'Information',
      success: 'Success',
      warning: 'Warning',
      danger: 'Danger',
    },
    ui: { editor: 'select', section: options.section },
  });
}
