import { ActionIcon, Button, Menu } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { IconChevronDown } from '@tabler/icons-react';
import type { Static } from 'typebox';
import { buttonProps } from '../button-look.ts';
import { useEvent } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { mantineSize } from '../mantine-size.ts';
import { textOf } from '../text-of.ts';
import type { menuButtonManifest } from './manifest.ts';

/** Implementation of `core/menu-button`. */
export function MenuButton({ settings }: ComponentProps<Static<typeof menuButtonManifest.settings>>) {
  const host = useHost();
  const select = useEvent('select');
  const text = textOf(settings.text);
  const icon = settings.icon === undefined || settings.icon === '' ? undefined : settings.icon;
  const shared = {
    ...buttonProps(settings.look, settings.tone),
    disabled: settings.disabled,
    loading: select.isRunning,
  };
  return (
    <Menu disabled={host.mode === 'design'} position="bottom-end" withinPortal>
      <Menu.Target>
        {text === '' ? (
          <ActionIcon {...shared} size={`input-${mantineSize(settings.size)}`} aria-label="Actions">
            <AppIcon name={icon ?? 'dots'} />
          </ActionIcon>
        ) : (
          <Button
            {...shared}
            size={mantineSize(settings.size)}
            leftSection={icon === undefined ? undefined : <AppIcon name={icon} />}
            rightSection={<IconChevronDown size={14} />}
          >
            {text}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {settings.items
          .filter((item) => item.visible !== false)
          .map((item) => (
            <Menu.Item
              key={item.id}
              disabled={item.disabled === true}
              {...(item.danger === true ? { color: 'red' } : {})}
              leftSection={item.icon === undefined || item.icon === '' ? undefined : <AppIcon name={item.icon} />}
              onClick={() => void select.run({ item: item.id })}
            >
              {textOf(item.label) || item.id}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
