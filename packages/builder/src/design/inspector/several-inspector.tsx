import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { jsonEquals } from '@fettle/base';
import type { ComponentLayout, Screen } from '@fettle/definition';
import type { SingleCommand } from '@fettle/edit';
import { useEdits } from '../canvas/edit/use-edits.ts';
import { useDispatch } from '../design-context.ts';
import { AccessTab } from './access-tab.tsx';
import { changeCommonLayout, commonLayout } from './common-layout.ts';
import { LayoutForm } from './layout-form.tsx';
import { VisibilitySection } from './visibility-section.tsx';
import styles from './inspector.module.css';

/** What several selected components have in common: layout, visibility, access. */
export function SeveralInspector({ screen, ids }: { readonly screen: Screen; readonly ids: readonly string[] }) {
  const dispatch = useDispatch();
  const edits = useEdits();
  const components = ids.flatMap((id) => screen.components[id] ?? []);
  const layouts = components.map(({ layout }) => layout ?? {});
  const [first, ...others] = components;
  const visible = others.every((component) => component.visible === first?.visible) ? first?.visible : undefined;
  const access = others.every((component) => jsonEquals(component.access, first?.access)) ? first?.access : undefined;
  const forEach = (make: (id: string) => SingleCommand, mergeKey?: string): void => {
    dispatch({ type: 'batch', commands: ids.map(make) }, mergeKey === undefined ? {} : { mergeKey });
  };
  const setLayout = (next: ComponentLayout | undefined): void => {
    const before = commonLayout(layouts);
    forEach((component) => ({
      type: 'layout.set',
      screen: screen.id,
      component,
      layout: changeCommonLayout(screen.components[component]?.layout ?? {}, before, next ?? {}) ?? null,
    }));
  };
  return (
    <div className={styles['inspector']}>
      <div className={styles['top']}>
        <Group className={styles['header'] ?? ''} gap={6} style={{ flexDirection: 'row' }} justify="space-between">
          <Text size="sm" fw={600}>
            {ids.length} components
          </Text>
          <Group gap={4}>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconCopy size={12} />}
              onClick={() => edits.duplicate()}
            >
              Duplicate
            </Button>
            <Button
              size="compact-xs"
              variant="light"
              color="red"
              leftSection={<IconTrash size={12} />}
              onClick={() => edits.remove()}
            >
              Delete
            </Button>
          </Group>
        </Group>
      </div>
      <Stack gap="md" className={styles['body'] ?? ''}>
        <Text size="xs" c="dimmed">
          What you set here is set on all of them.
        </Text>
        <VisibilitySection
          value={visible}
          onChange={(next, mergeKey) =>
            forEach(
              (component) => ({ type: 'visible.set', screen: screen.id, component, visible: next ?? null }),
              mergeKey === undefined ? undefined : `${mergeKey}:several`,
            )
          }
        />
        <LayoutForm layout={commonLayout(layouts)} parent={undefined} onChange={setLayout} />
        <AccessTab screen={screen} ids={ids} access={access} />
      </Stack>
    </div>
  );
}
