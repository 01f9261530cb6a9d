import { ActionIcon, Card as MantineCard, Text } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent } from 'react';
import type { Static } from 'typebox';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { spaceLength } from '../space.ts';
import { textOf } from '../text-of.ts';
import gridStyles from '../grid/grid.module.css';
import stackStyles from '../stack/stack.module.css';
import styles from './card.module.css';
import type { cardManifest } from './manifest.ts';

/** Implementation of `core/card`. */
export function Card({ settings }: ComponentProps<Static<typeof cardManifest.settings>>) {
  const host = useHost();
  const click = useEvent('click');
  const toggled = useEvent('toggle');
  const [isUnfolded, setUnfolded] = useState(settings.initiallyOpen);
  const isOpen = !settings.collapsible || isUnfolded;
  const bodyId = useId();
  const fold = (open: boolean): void => {
    setUnfolded(open);
    if (open !== isUnfolded) void toggled.run({ isOpen: open });
  };
  useExposed({ isOpen });
  useMethod('open', () => fold(true));
  useMethod('close', () => fold(false));

  const title = textOf(settings.title);
  const description = textOf(settings.description);
  const hasActions = host.slotSize('actions') > 0;
  const hasHeader = title !== '' || description !== '' || settings.collapsible || hasActions;
  const layoutStyles = settings.layout === 'grid' ? gridStyles.grid : stackStyles.stack;
  const clickable = click.isActive
    ? {
        role: 'button',
        tabIndex: 0,
        // Without a title, what it shows is its name.
        ...(title === '' ? {} : { 'aria-label': title }),
        'data-clickable': true,
        onClick: () => void click.run(),
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key === 'Enter' && event.target === event.currentTarget) void click.run();
        },
      }
    : {};

  return (
    <MantineCard
      className={styles.card}
      withBorder={settings.look === 'bordered'}
      shadow={settings.look === 'raised' ? 'sm' : 'none'}
      padding={settings.look === 'plain' ? 0 : 16}
      {...(settings.look === 'plain' ? { bg: 'transparent' } : {})}
      {...clickable}
    >
      {hasHeader && (
        <div className={styles.header}>
          {settings.collapsible && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-expanded={isOpen}
              aria-controls={bodyId}
              aria-label={isOpen ? `Fold ${title || 'card'}` : `Unfold ${title || 'card'}`}
              onClick={() => fold(!isOpen)}
            >
              {isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
            </ActionIcon>
          )}
          <div className={styles.titles}>
            {title !== '' && (
              <Text component="h3" fw={600} className={styles.title}>
                {title}
              </Text>
            )}
            {description !== '' && (
              <Text size="sm" c="dimmed">
                {description}
              </Text>
            )}
          </div>
          <div className={styles.actions}>{host.slot('actions')}</div>
        </div>
      )}
      {!hasHeader && host.mode === 'design' && host.slot('actions')}
      {isOpen && (
        <div id={bodyId} className={layoutStyles} style={{ gap: spaceLength(settings.gap) }}>
          {host.slot('body')}
        </div>
      )}
    </MantineCard>
  );
}
