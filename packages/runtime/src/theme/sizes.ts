import type { Theme } from '@fettle/definition';
import type { MantineThemeOverride } from '@mantine/core';

/** Pixels as rem, so that a person's larger text makes everything larger. */
export function rem(pixels: number): string {
  return pixels === 0 ? '0rem' : `${pixels / 16}rem`;
}

/** Corner radii in pixels, by the theme's choice. */
export const radii: Readonly<
  Record<NonNullable<Theme['radius']>, { readonly control: number; readonly panel: number }>
> = {
  none: { control: 0, panel: 0 },
  small: { control: 4, panel: 6 },
  medium: { control: 6, panel: 10 },
  large: { control: 10, panel: 16 },
};

/** Font stacks made of fonts that are already on the machine: nothing is downloaded. */
export const fonts: Readonly<Record<NonNullable<Theme['font']>, string>> = {
  system: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  humanist: 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", source-sans-pro, sans-serif',
  serif: 'Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", "Liberation Serif", serif',
  mono: 'ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
};

interface DensitySizes {
  readonly fontSizes: Readonly<Record<'xs' | 'sm' | 'md' | 'lg' | 'xl', string>>;
  readonly spacing: Readonly<Record<'xs' | 'sm' | 'md' | 'lg' | 'xl', string>>;
  /** Heights of inputs and buttons by size, in pixels. */
  readonly control: Readonly<Record<'xs' | 'sm' | 'md' | 'lg' | 'xl', number>>;
}

/** Sizes by density. The default size of every control is `sm`; `sm` and `md` text are the density's body size. */
export const densities: Readonly<Record<NonNullable<Theme['density']>, DensitySizes>> = {
  compact: {
    fontSizes: { xs: rem(12), sm: rem(13), md: rem(13), lg: rem(16), xl: rem(20) },
    spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
    control: { xs: 24, sm: 28, md: 32, lg: 36, xl: 44 },
  },
  cosy: {
    fontSizes: { xs: rem(12), sm: rem(14), md: rem(14), lg: rem(16), xl: rem(20) },
    spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
    control: { xs: 28, sm: 36, md: 40, lg: 44, xl: 52 },
  },
};

type Components = NonNullable<MantineThemeOverride['components']>;
type Sized = { readonly size?: unknown };

/** Default props and sizes of Mantine's components, by density. */
export function componentDefaults(density: NonNullable<Theme['density']>): Components {
  const { control, fontSizes } = densities[density];
  const height = (props: Sized): string | undefined => {
    const size = props.size ?? 'sm';
    return typeof size === 'string' && Object.hasOwn(control, size)
      ? rem(control[size as keyof typeof control])
      : undefined;
  };
  const withHeight = (part: string, variable: string) => ({
    vars: (_theme: unknown, props: Sized) => {
      const value = height(props);
      return { [part]: value === undefined ? {} : { [variable]: value } };
    },
  });
  const small = { defaultProps: { size: 'sm' } };
  const floating = { shadow: 'md', radius: 'md' };
  return {
    Input: { ...small, ...withHeight('wrapper', '--input-height') },
    InputWrapper: {
      ...small,
      styles: { label: { fontWeight: 500, marginBottom: rem(4) }, description: { fontSize: fontSizes.xs } },
    },
    Button: { ...small, ...withHeight('root', '--button-height'), styles: { label: { fontWeight: 500 } } },
    ActionIcon: { defaultProps: { size: 'sm', variant: 'subtle', color: 'gray' }, ...withHeight('root', '--ai-size') },
    SegmentedControl: { defaultProps: { size: density === 'compact' ? 'xs' : 'sm' } },
    Checkbox: small,
    Radio: small,
    Switch: small,
    Tabs: { defaultProps: { keepMounted: false } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 'xs', px: 8, py: 4 } },
    Menu: { defaultProps: { ...floating, transitionProps: { duration: 120 } } },
    Popover: { defaultProps: { ...floating, transitionProps: { duration: 120 } } },
    Combobox: { defaultProps: { ...floating } },
    Modal: {
      defaultProps: {
        radius: 'md',
        centered: true,
        transitionProps: { duration: 150 },
        overlayProps: { backgroundOpacity: 0.45 },
      },
    },
    Drawer: { defaultProps: { transitionProps: { duration: 180 }, overlayProps: { backgroundOpacity: 0.35 } } },
    Paper: { defaultProps: { radius: 'md' } },
    Card: { defaultProps: { radius: 'md', withBorder: true, padding: 'md' } },
    Alert: { defaultProps: { radius: 'md', variant: 'light' } },
    Notification: { defaultProps: { radius: 'md', withBorder: true } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } },
    Title: { styles: { root: { letterSpacing: '-0.011em' } } },
  };
}
