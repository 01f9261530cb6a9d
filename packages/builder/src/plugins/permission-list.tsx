import { Badge, List, Stack, Text } from '@mantine/core';
import type { PluginContribution } from '@fettle/contract';
import { nothingMoreWords } from './plugin-words.ts';

/** One permission, and what an update makes of it. */
export interface ShownPermission {
  readonly key: string;
  readonly text: string;
  readonly note?: string;
  readonly change?: 'added' | 'removed' | 'same';
}

/** What a plugin may do, in plain words. With `isUpdate`, what is new or gone is marked. */
export function PermissionList(props: {
  readonly permissions: readonly ShownPermission[];
  /** What the plugin brings: it says what that computes with when it asks for nothing. */
  readonly contributions: readonly PluginContribution[];
  readonly isUpdate?: boolean;
}) {
  const { permissions, contributions, isUpdate = false } = props;
  if (permissions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {nothingMoreWords(contributions)}
      </Text>
    );
  return (
    <List size="sm" spacing={6}>
      {permissions.map(({ key, text, note, change }) => (
        <List.Item key={key}>
          <Stack gap={0}>
            <span>
              {change === 'removed' ? <s>{text}</s> : text}{' '}
              {isUpdate && change === 'added' && (
                <Badge size="xs" color="orange" variant="light" tt="none">
                  new
                </Badge>
              )}
              {isUpdate && change === 'removed' && (
                <Badge size="xs" color="gray" variant="light" tt="none">
                  no longer
                </Badge>
              )}
            </span>
            {note !== undefined && change !== 'removed' && (
              <Text size="xs" c="dimmed">
                {note}
              </Text>
            )}
          </Stack>
        </List.Item>
      ))}
    </List>
  );
}
