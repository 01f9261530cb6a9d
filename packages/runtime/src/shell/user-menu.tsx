import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconCircleCheck, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { AppUser } from '../state/app-store.ts';
import styles from './shell.module.css';

interface UserMenuProps {
  readonly user: AppUser | null;
  /** False when the app's theme fixes the scheme. */
  readonly canChooseScheme: boolean;
  readonly onSignOut: () => void;
  readonly onSignIn: () => void;
  /** What waits for the person. */
  readonly approvals?: { readonly href: string; readonly go: () => void };
}

/** Who is signed in, light or dark, and the way out. */
export function UserMenu({ user, canChooseScheme, onSignOut, onSignIn, approvals }: UserMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  useOutsideClick(place, isOpen, () => setOpen(false));

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Escape') {
      setOpen(false);
      place.current?.querySelector('button')?.focus();
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      moveFocus(place.current, event.key === 'ArrowDown' ? 1 : -1);
    }
  };
  const isDark = scheme === 'dark';
  return (
    <div className={styles.user} ref={place} onKeyDown={onKeyDown}>
      <button
        type="button"
        className={styles.userButton}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={user === null ? 'Menu' : `Menu of ${user.name}`}
        onClick={() => setOpen(!isOpen)}
      >
        {user === null ? <IconUser size={18} aria-hidden /> : initialsOf(user.name)}
      </button>
      {isOpen && (
        <div className={styles.userMenu} role="menu">
          {user !== null && (
            <div className={styles.userName}>
              <strong>{user.name}</strong>
              <span>{user.email}</span>
            </div>
          )}
          {approvals !== undefined && (
            <a
              role="menuitem"
              className={styles.userItem}
              href={approvals.href}
              onClick={(event) => {
                event.preventDefault();
                setOpen(false);
                approvals.go();
              }}
            >
              <IconCircleCheck size={16} aria-hidden />
              Approvals
            </a>
          )}
          {canChooseScheme && (
            <button
              type="button"
              role="menuitem"
              className={styles.userItem}
              onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
            >
              {isDark ? <IconSun size={16} aria-hidden /> : <IconMoon size={16} aria-hidden />}
              {isDark ? 'Use light colours' : 'Use dark colours'}
            </button>
          )}
          <button
            type="button"
            role="menuitem"
            className={styles.userItem}
            onClick={user === null ? onSignIn : onSignOut}
          >
            <IconLogout size={16} aria-hidden />
            {user === null ? 'Sign in' : 'Sign out'}
          </button>
        </div>
      )}
    </div>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => (word ?? '').charAt(0).toUpperCase()).join('');
}

function moveFocus(menu: HTMLElement | null, step: 1 | -1): void {
  const items = [...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}

function useOutsideClick(place: { readonly current: HTMLElement | null }, isActive: boolean, close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    if (!isActive) return undefined;
    const onPointerDown = (event: PointerEvent): void => {
      if (!place.current?.contains(event.target as Node)) latest.current();
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [isActive, place]);
}
