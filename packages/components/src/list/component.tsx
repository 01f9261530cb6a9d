import { Button, Text, UnstyledButton } from '@mantine/core';
import type { Row, TableDescription } from '@fettle/sdk';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { useState } from 'react';
import type { Static } from 'typebox';
import { formatValue } from '../format-value.ts';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { requestFor } from '../request-columns.ts';
import { rowIdentity } from '../row-identity.ts';
import { safeResourceUrl } from '../safe-url.ts';
import { EmptyState, LoadError, LoadingLines, Placeholder } from '../states/data-states.tsx';
import { perRow, textOf } from '../text-of.ts';
import styles from './list.module.css';
import type { listManifest } from './manifest.ts';

type Settings = Static<typeof listManifest.settings>;

/** Implementation of `core/list`. */
export function List({ settings }: ComponentProps<Settings>) {
  const host = useHost();
  const click = useEvent('click');
  const state = host.useRows(settings.data, {
    pageSize: settings.pageSize,
    ...requestFor(host, settings.data, settings.columns),
  });
  const [selected, setSelected] = useState<Row | null>(null);
  useExposed({ rows: state.rows, selected, isLoading: state.isLoading });
  useMethod('refresh', () => state.refresh());

  if (settings.data === undefined) {
    return host.mode === 'design' ? <Placeholder icon="list" hint="Choose the data to show" /> : null;
  }
  if (state.error !== undefined && state.rows.length === 0)
    return <LoadError error={state.error} onRetry={state.refresh} />;
  if (state.isLoading) return <LoadingLines count={4} height={32} />;
  if (state.rows.length === 0) return <EmptyState text={textOf(settings.emptyText)} />;
  return (
    <>
      <ul className={styles.list} data-look={settings.look}>
        {state.rows.map((item, index) => {
          const content = <Item settings={settings} item={item} index={index} table={state.table} />;
          return (
            <li key={rowIdentity(state.table, item, index)} className={styles.entry}>
              {click.isActive ? (
                <UnstyledButton
                  className={styles.button}
                  onClick={() => {
                    setSelected(item);
                    void click.run({ item, index });
                  }}
                >
                  {content}
                </UnstyledButton>
              ) : (
                content
              )}
            </li>
          );
        })}
      </ul>
      {state.hasMore && (
        <Button variant="subtle" size="compact-sm" mt={8} loading={state.isFetching} onClick={state.loadMore}>
          Load more
        </Button>
      )}
    </>
  );
}

function Item(props: { settings: Settings; item: Row; index: number; table: TableDescription | undefined }) {
  const { settings, item, index, table } = props;
  const host = useHost();
  const scope = { item, index };
  const text = (value: unknown): string => formatValue(perRow(value, scope), host);
  // Without a title, the row's own label says what it is.
  const fallback = table?.labelColumn ?? Object.keys(item)[0];
  const title =
    settings.itemTitle === undefined ? textOf(fallback === undefined ? '' : item[fallback]) : text(settings.itemTitle);
  const description = text(settings.itemDescription);
  const image = safeResourceUrl(perRow(settings.itemImage, scope));
  const end = text(settings.itemEnd);
  return (
    <span className={styles.item}>
      {image !== undefined && <img className={styles.image} src={image} alt="" loading="lazy" />}
      {image === undefined && settings.itemIcon !== undefined && settings.itemIcon !== '' && (
        <span className={styles.icon}>
          <AppIcon name={settings.itemIcon} size={18} />
        </span>
      )}
      <span className={styles.texts}>
        <Text component="span" size="sm" className={styles.title}>
          {title === '' ? '–' : title}
        </Text>
        {description !== '' && (
          <Text component="span" size="xs" c="dimmed" className={styles.title}>
            {description}
          </Text>
        )}
      </span>
      {end !== '' && (
        <Text component="span" size="xs" c="dimmed" className={styles.end}>
          {end}
        </Text>
      )}
    </span>
  );
}
