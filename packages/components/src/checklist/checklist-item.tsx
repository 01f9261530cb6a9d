import { Checkbox, Text, UnstyledButton } from '@mantine/core';
import type { Row, TableDescription } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import { useEffect, useState } from 'react';
import { formatValue } from '../format-value.ts';
import { useEvent } from '../host-hooks.ts';
import { tones } from '../setting-kinds.ts';
import { perRow, textOf } from '../text-of.ts';
import { toneTextColor } from '../tone-color.ts';
import styles from './checklist.module.css';
import type { ChecklistSettings } from './component.tsx';

/** A row of the list. */
export interface ListedItem {
  readonly row: Row;
  readonly index: number;
  readonly key: string;
  readonly isDone: boolean;
  readonly group: string;
}

/** One row: its tick, what it is, and what stands at its end. */
export function ChecklistItem(props: {
  readonly settings: ChecklistSettings;
  readonly item: ListedItem;
  readonly table: TableDescription | undefined;
}) {
  const { settings, item, table } = props;
  const host = useHost();
  const toggle = useEvent('toggle');
  const click = useEvent('click');
  const scope = { item: item.row, index: item.index };
  const text = (value: unknown): string => formatValue(perRow(value, scope), host);
  const [isDone, tick] = useTick(item, toggle.run);
  const fallback = table?.labelColumn ?? Object.keys(item.row)[0] ?? '';
  const title = settings.itemTitle === undefined ? textOf(item.row[fallback]) : text(settings.itemTitle);
  const description = text(settings.itemDescription);
  const end = text(settings.itemEnd);
  const wanted = textOf(perRow(settings.itemTone, scope));
  const tone = isDone ? 'neutral' : (tones.find((known) => known === wanted) ?? 'neutral');
  const isLocked = Boolean(perRow(settings.itemLocked, scope)) || !toggle.isActive;

  const texts = (
    <span className={styles.texts}>
      <span className={styles.title} data-done={isDone || undefined}>
        {title === '' ? '–' : title}
      </span>
      {description !== '' && (
        <Text component="span" size="xs" c="dimmed" className={styles.line}>
          {description}
        </Text>
      )}
    </span>
  );
  return (
    <li className={styles.item}>
      <Checkbox
        className={styles.box}
        checked={isDone}
        disabled={isLocked}
        aria-label={title}
        onChange={() => void tick()}
      />
      {click.isActive ? (
        <UnstyledButton className={styles.button} onClick={() => void click.run({ item: item.row, index: item.index })}>
          {texts}
        </UnstyledButton>
      ) : (
        texts
      )}
      {end !== '' && (
        <span className={styles.end} style={{ color: toneTextColor(tone) }}>
          {end}
        </span>
      )}
    </li>
  );
}

/** A tick shows at once; when its actions fail, or the row comes back otherwise, it goes back. */
function useTick(
  item: ListedItem,
  run: (payload: Readonly<Record<string, unknown>>) => Promise<boolean>,
): readonly [boolean, () => Promise<void>] {
  const { mode } = useHost();
  const [ticked, setTicked] = useState<boolean | undefined>();
  useEffect(() => setTicked(undefined), [item.row]);
  const isDone = ticked ?? item.isDone;
  const tick = async (): Promise<void> => {
    if (mode === 'design') return;
    setTicked(!isDone);
    const isKept = await run({ item: item.row, isDone: !isDone });
    if (!isKept) setTicked(undefined);
  };
  return [isDone, tick];
}
