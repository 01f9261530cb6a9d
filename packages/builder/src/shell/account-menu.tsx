import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { routes } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { useSession, useUser } from '../api/session.tsx';
import { notifyError } from './notify.ts';
import styles from './account-menu.module.css';

const schemes = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
  { value: 'auto', label: 'Like the system', Icon: IconDeviceDesktop },
] as const;

/** Who is signed in; colour scheme and sign-out. */
export function AccountMenu({ isCompact = false }: { readonly isCompact?: boolean }) {
  const client = useClient();
  const user = useUser();
  const { setUser } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const initials = user.name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase();

  const signOut = async (everywhere: boolean): Promise<void> => {
    try {
      await client.call(routes.account.signOut, { query: everywhere ? { everywhere } : {} });
      window.history.replaceState(null, '', '/');
      setUser(null);
    } catch (error) {
      notifyError(error, 'You are still signed in');
    }
  };

  return (
    <Menu width={220} position={isCompact ? 'bottom-end' : 'top-start'}>
      <Menu.Target>
        <UnstyledButton className={styles['button'] ?? ''} aria-label={`Account: ${user.name}`}>
          <Avatar size={26} radius="xl" color="accent">
            {initials}
          </Avatar>
          {!isCompact && (
            <Text size="sm" truncate>
              {user.name}
            </Text>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        {schemes.map(({ value, label, Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={14} />}
            closeMenuOnClick={false}
            aria-checked={colorScheme === value}
            role="menuitemradio"
            fw={colorScheme === value ? 500 : 400}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={14} />} onClick={() => void signOut(false)}>
          Sign out
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={14} />} onClick={() => void signOut(true)}>
          Sign out everywhere
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
