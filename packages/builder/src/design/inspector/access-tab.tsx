import { SegmentedControl, Stack, Text } from '@mantine/core';
import type { AccessRule, Screen } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import { useApp, useDispatch } from '../design-context.ts';
import { PanelSection } from '../panels/panel.tsx';
import { RolePicker } from '../panels/access/role-picker.tsx';

/** Who sees components. */
export function AccessTab(props: {
  readonly screen: Screen;
  readonly ids: readonly string[];
  readonly access: AccessRule | undefined;
}) {
  const { screen, ids, access } = props;
  const dispatch = useDispatch();
  const ofApp = useApp((app) => app.access.defaultScreen);
  const rule = screen.access ?? ofApp;
  const set = (next: AccessRule | null): void => {
    const commands = ids.map((component) => ({
      type: 'componentAccess.set' as const,
      screen: screen.id,
      component,
      access: next,
    }));
    const [first] = commands;
    if (first === undefined) return;
    const command: Command = commands.length === 1 ? first : { type: 'batch', commands };
    dispatch(command);
  };
  return (
    <Stack gap="md">
      <PanelSection title="Who sees it">
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="Who sees it"
          data={[
            { value: 'screen', label: 'Everyone on the screen' },
            { value: 'roles', label: 'Some roles' },
          ]}
          value={access === undefined ? 'screen' : 'roles'}
          onChange={(next) => set(next === 'screen' ? null : { roles: [...rule.roles] })}
        />
        {access !== undefined && <RolePicker label="Roles" value={access.roles} onChange={(roles) => set({ roles })} />}
        {access?.roles.length === 0 && (
          <Text size="xs" c="red" role="alert">
            Nobody sees it. Choose at least one role.
          </Text>
        )}
      </PanelSection>
      <Text size="xs" c="dimmed">
        The server leaves it out for everyone else, with everything inside it. Queries and tables that only it uses are
        closed to them, too: they cannot be called from outside either.
      </Text>
    </Stack>
  );
}
