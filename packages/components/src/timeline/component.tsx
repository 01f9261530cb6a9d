import { Button, Text, Timeline as MantineTimeline } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { formatValue } from '../format-value.ts';
import { useExposed, useMethod } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { requestFor } from '../request-columns.ts';
import { rowIdentity } from '../row-identity.ts';
import { EmptyState, LoadError, LoadingLines, Placeholder } from '../states/data-states.tsx';
import { perRow, textOf } from '../text-of.ts';
import type { timelineManifest } from './manifest.ts';

/** Implementation of `core/timeline`. */
export function Timeline({ settings }: ComponentProps<Static<typeof timelineManifest.settings>>) {
  const host = useHost();
  const state = host.useRows(settings.data, {
    pageSize: settings.pageSize,
    ...requestFor(host, settings.data, settings.columns),
  });
  useExposed({ rows: state.rows, isLoading: state.isLoading });
  useMethod('refresh', () => state.refresh());

  if (settings.data === undefined) {
    return host.mode === 'design' ? <Placeholder icon="timeline" hint="Choose the data to show" /> : null;
  }
  if (state.error !== undefined && state.rows.length === 0)
    return <LoadError error={state.error} onRetry={state.refresh} />;
  if (state.isLoading) return <LoadingLines count={4} height={32} />;
  if (state.rows.length === 0) return <EmptyState text={textOf(settings.emptyText)} icon="timeline" />;
  return (
    <>
      <MantineTimeline bulletSize={22} lineWidth={1} active={state.rows.length}>
        {state.rows.map((item, index) => {
          const text = (value: unknown): string => formatValue(perRow(value, { item, index }), host);
          const fallback = state.table?.labelColumn ?? Object.keys(item)[0] ?? '';
          const title = settings.itemTitle === undefined ? textOf(item[fallback]) : text(settings.itemTitle);
          const body = text(settings.itemText);
          const time = text(settings.itemTime);
          const icon = textOf(perRow(settings.itemIcon, { item, index }));
          return (
            <MantineTimeline.Item
              key={rowIdentity(state.table, item, index)}
              title={
                <Text size="sm" fw={500}>
                  {title === '' ? '–' : title}
                </Text>
              }
              bullet={icon === '' ? undefined : <AppIcon name={icon} size={12} />}
            >
              {body !== '' && (
                <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
                  {body}
                </Text>
              )}
              {time !== '' && (
                <Text size="xs" c="dimmed" mt={2}>
                  {time}
                </Text>
              )}
            </MantineTimeline.Item>
          );
        })}
      </MantineTimeline>
      {state.hasMore && (
        <Button variant="subtle" size="compact-sm" mt={12} loading={state.isFetching} onClick={state.loadMore}>
          Load more
        </Button>
      )}
    </>
  );
}
