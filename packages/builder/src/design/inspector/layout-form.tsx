import { Chip, Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import type { ComponentLayout } from '@fettle/definition';
import { PanelSection } from '../panels/panel.tsx';
import { setPerWidth, withHidden, withoutEmpty, type WidthName } from './layout-edit.ts';
import { SpanPicker } from './span-picker.tsx';

const widths: readonly { readonly name: WidthName; readonly label: string }[] = [
  { name: 'base', label: 'Phone and up' },
  { name: 'md', label: 'Tablet and up' },
  { name: 'lg', label: 'Desktop' },
];

const devices = [
  { value: 'phone', label: 'Phone' },
  { value: 'tablet', label: 'Tablet' },
  { value: 'desktop', label: 'Desktop' },
] as const;

/** Where a component stands in its parent. */
export function LayoutForm(props: {
  readonly layout: ComponentLayout | undefined;
  /** How the slot around it lays out: columns count in a grid, growing in a stack. Undefined: either. */
  readonly parent: 'stack' | 'grid' | undefined;
  readonly onChange: (layout: ComponentLayout | undefined) => void;
}) {
  const { parent } = props;
  const layout = props.layout ?? {};
  const change = (next: ComponentLayout): void => props.onChange(withoutEmpty(next));
  return (
    <Stack gap="md">
      {parent !== 'stack' && (
        <PanelSection title="Width in columns">
          <PerWidth of="span" layout={layout} onChange={change} />
        </PanelSection>
      )}
      {parent !== 'stack' && (
        <PanelSection title="First column" hint="Automatic places it after the one before.">
          <PerWidth of="start" layout={layout} onChange={change} />
        </PanelSection>
      )}
      <PanelSection title="Align across">
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="Align across"
          data={[
            { value: 'auto', label: 'Auto' },
            { value: 'start', label: 'Start' },
            { value: 'center', label: 'Centre' },
            { value: 'end', label: 'End' },
            { value: 'stretch', label: 'Stretch' },
          ]}
          value={layout.align ?? 'auto'}
          onChange={(align) => {
            const { align: _old, ...rest } = layout;
            change(align === 'auto' ? rest : { ...rest, align: align as NonNullable<ComponentLayout['align']> });
          }}
        />
      </PanelSection>
      {parent !== 'grid' && (
        <Switch
          size="xs"
          label="Take the space that is left"
          checked={layout.grow === true}
          onChange={(event) => {
            const { grow: _old, ...rest } = layout;
            change(event.currentTarget.checked ? { ...rest, grow: true } : rest);
          }}
        />
      )}
      <PanelSection title="Hide on">
        <Group gap={6}>
          {devices.map(({ value, label }) => (
            <Chip
              key={value}
              size="xs"
              checked={layout.hideOn?.includes(value) === true}
              onChange={(isHidden) => change(withHidden(layout, value, isHidden))}
            >
              {label}
            </Chip>
          ))}
        </Group>
        {layout.hideOn?.length === 3 && (
          <Text size="xs" c="dimmed">
            It is hidden everywhere.
          </Text>
        )}
      </PanelSection>
    </Stack>
  );
}

function PerWidth(props: {
  readonly of: 'span' | 'start';
  readonly layout: ComponentLayout;
  readonly onChange: (layout: ComponentLayout) => void;
}) {
  const { of, layout, onChange } = props;
  const values = layout[of] ?? {};
  return (
    <Stack gap={6}>
      {widths.map(({ name, label }, index) => {
        const narrower = widths.slice(0, index).findLast((width) => values[width.name] !== undefined);
        return (
          <SpanPicker
            key={name}
            label={label}
            isWidth={of === 'span'}
            value={values[name]}
            inherited={narrower === undefined ? undefined : values[narrower.name]}
            onChange={(value) => onChange(setPerWidth(layout, of, name, value))}
          />
        );
      })}
    </Stack>
  );
}
