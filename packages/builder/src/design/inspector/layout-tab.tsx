import { Stack, Text } from '@mantine/core';
import type { Component, Screen } from '@fettle/definition';
import { useExtensions } from '../../extensions.ts';
import { placeOf } from '../canvas/edit/tree.ts';
import { useDispatch } from '../design-context.ts';
import type { FieldProblem } from '../editors/form-place.ts';
import { LayoutForm } from './layout-form.tsx';
import { VisibilitySection } from './visibility-section.tsx';

/** Where a component stands, and when it shows. */
export function LayoutTab(props: {
  readonly screen: Screen;
  readonly id: string;
  readonly component: Component;
  readonly problems: ReadonlyMap<string, FieldProblem>;
}) {
  const { screen, id, component } = props;
  const dispatch = useDispatch();
  const parent = useSlotLayout(screen, id);
  if (id === screen.root) {
    return (
      <Text size="sm" c="dimmed">
        This is the screen itself: it fills the page. Its width is a setting of the screen.
      </Text>
    );
  }
  return (
    <Stack gap="md">
      <VisibilitySection
        value={component.visible}
        problem={props.problems.get('visible')}
        onChange={(visible, mergeKey) =>
          dispatch(
            { type: 'visible.set', screen: screen.id, component: id, visible: visible ?? null },
            mergeKey === undefined ? {} : { mergeKey: `${mergeKey}:${id}` },
          )
        }
      />
      <LayoutForm
        layout={component.layout}
        parent={parent}
        onChange={(layout) =>
          dispatch({ type: 'layout.set', screen: screen.id, component: id, layout: layout ?? null })
        }
      />
    </Stack>
  );
}

/** How the slot around a component lays out its children; undefined when its type does not say. */
export function useSlotLayout(screen: Screen, id: string): 'stack' | 'grid' | undefined {
  const { components } = useExtensions();
  const place = placeOf(screen, id);
  if (place === undefined) return undefined;
  const type = screen.components[place.parent]?.type;
  const manifest = components.find((extension) => extension.manifest.id === type)?.manifest;
  const slot = manifest?.slots.find(({ name }) => name === place.slot);
  return slot?.layout ?? (manifest?.slotsFrom === undefined ? undefined : 'stack');
}
