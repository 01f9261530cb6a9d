import { ColorInput, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import type { Theme } from '@fettle/definition';
import { useApp, useDispatch } from '../../design-context.ts';
import { Panel, PanelSection } from '../panel.tsx';
import { AppSection } from './app-section.tsx';
import { NavigationSection } from './navigation-section.tsx';

const swatches = [
  '#4f46e5',
  '#2563eb',
  '#0891b2',
  '#0d9488',
  '#16a34a',
  '#ca8a04',
  '#ea580c',
  '#dc2626',
  '#c026d3',
  '#475569',
];

/** How the app looks and how people get around in it. */
export function ThemePanel() {
  const theme = useApp((app) => app.theme);
  const dispatch = useDispatch();
  const set = <K extends keyof Theme>(key: K, value: Theme[K] | undefined): void => {
    const { [key]: _, ...rest } = theme;
    dispatch(
      { type: 'theme.set', theme: value === undefined ? rest : ({ ...theme, [key]: value } as Theme) },
      { mergeKey: `theme:${key}` },
    );
  };
  return (
    <Panel title="Theme and navigation">
      <PanelSection title="Colours">
        <ColorInput
          label="Main colour"
          format="hex"
          swatches={swatches}
          value={theme.primary ?? ''}
          placeholder="Indigo"
          onChange={(value) => {
            if (value === '') set('primary', undefined);
            else if (/^#[0-9a-f]{6}$/i.test(value)) set('primary', value);
          }}
        />
        <Choice
          label="Greys"
          value={theme.neutral ?? 'cool'}
          options={[
            ['cool', 'Cool'],
            ['plain', 'Plain'],
            ['warm', 'Warm'],
          ]}
          onChange={(value) => set('neutral', value)}
        />
        <Choice
          label="Light and dark"
          value={theme.scheme ?? 'auto'}
          options={[
            ['auto', 'Person’s choice'],
            ['light', 'Light'],
            ['dark', 'Dark'],
          ]}
          onChange={(value) => set('scheme', value)}
        />
      </PanelSection>
      <PanelSection title="Shape">
        <Choice
          label="Corners"
          value={theme.radius ?? 'medium'}
          options={[
            ['none', 'Square'],
            ['small', 'Small'],
            ['medium', 'Medium'],
            ['large', 'Large'],
          ]}
          onChange={(value) => set('radius', value)}
        />
        <Choice
          label="Density"
          value={theme.density ?? 'cosy'}
          options={[
            ['compact', 'Compact'],
            ['cosy', 'Cosy'],
          ]}
          onChange={(value) => set('density', value)}
        />
        <Select
          label="Font"
          allowDeselect={false}
          value={theme.font ?? 'system'}
          data={[
            { value: 'system', label: 'System' },
            { value: 'humanist', label: 'Humanist' },
            { value: 'serif', label: 'Serif' },
            { value: 'mono', label: 'Monospace' },
          ]}
          onChange={(value) => set('font', value as Theme['font'])}
        />
      </PanelSection>
      <NavigationSection />
      <AppSection />
    </Panel>
  );
}

function Choice<V extends string>(props: {
  readonly label: string;
  readonly value: V;
  readonly options: readonly (readonly [V, string])[];
  readonly onChange: (value: V) => void;
}) {
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {props.label}
      </Text>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={props.label}
        value={props.value}
        data={props.options.map(([value, label]) => ({ value, label }))}
        onChange={(value) => props.onChange(value as V)}
      />
    </Stack>
  );
}
