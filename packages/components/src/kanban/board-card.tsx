import { ActionIcon, Avatar, Badge, Menu, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowRight, IconDotsVertical } from '@tabler/icons-react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { toneColor, toneTextColor } from '../tone-color.ts';
import type { BoardLane } from './board-lanes.ts';
import type { CardTexts } from './card-texts.ts';
import styles from './kanban.module.css';

/** A card: a button to open and move it, and a menu of columns for fingers and screen readers. */
export function BoardCard(props: {
  readonly id: string;
  readonly texts: CardTexts;
  readonly isCarried: boolean;
  readonly isAway: boolean;
  readonly isClickable: boolean;
  readonly hint: string;
  /** Where the menu can move it; empty: nowhere. */
  readonly targets: readonly BoardLane[];
  onMove(to: BoardLane): void;
  onClick(): void;
  onPointerDown(event: PointerEvent<HTMLElement>): void;
  onKeyDown(event: KeyboardEvent): void;
  onBlur(): void;
}) {
  const { id, texts, targets } = props;
  const isActive = props.isClickable || targets.length > 0;
  const content = <CardContent texts={texts} hasMenu={targets.length > 0} />;
  return (
    <li
      className={styles.item}
      data-carried={props.isCarried || undefined}
      data-away={props.isAway || undefined}
      data-movable={targets.length > 0 || undefined}
    >
      {isActive ? (
        <UnstyledButton
          className={styles.card}
          data-card={id}
          data-clickable={props.isClickable || undefined}
          aria-describedby={targets.length > 0 ? props.hint : undefined}
          onClick={props.onClick}
          onPointerDown={props.onPointerDown}
          onKeyDown={props.onKeyDown}
          onBlur={props.onBlur}
        >
          {content}
        </UnstyledButton>
      ) : (
        <div className={styles.card}>{content}</div>
      )}
      {targets.length > 0 && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon
              className={styles.menu}
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Move ${texts.title}`}
            >
              <IconDotsVertical size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Move to</Menu.Label>
            {targets.map((lane) => (
              <Menu.Item
                key={lane.id}
                leftSection={<IconArrowRight size={14} />}
                onClick={() => {
                  props.onMove(lane);
                }}
              >
                {lane.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}

/** What is on a card; also what follows the pointer while it is dragged. */
export function CardContent({ texts, hasMenu }: { readonly texts: CardTexts; readonly hasMenu: boolean }) {
  const hasFoot = texts.badge !== '' || texts.end !== '' || texts.person !== '';
  return (
    <>
      <span className={styles.title} data-has-menu={hasMenu || undefined}>
        {texts.title}
      </span>
      {texts.text !== '' && (
        <Text component="span" size="xs" c="dimmed" className={styles.text}>
          {texts.text}
        </Text>
      )}
      {hasFoot && (
        <span className={styles.foot}>
          {texts.badge !== '' && (
            <Badge
              className={styles.badge}
              size="sm"
              variant="light"
              radius="sm"
              tt="none"
              fw={500}
              {...toneColor(texts.badgeTone)}
            >
              {texts.badge}
            </Badge>
          )}
          {texts.end !== '' && (
            <span className={styles.end} style={{ color: toneTextColor(texts.endTone) }}>
              {texts.end}
            </span>
          )}
          {texts.person !== '' && (
            <Tooltip label={texts.person} openDelay={300}>
              <Avatar size={22} radius="xl" name={texts.person} color="gray" className={styles.person} />
            </Tooltip>
          )}
        </span>
      )}
    </>
  );
}
