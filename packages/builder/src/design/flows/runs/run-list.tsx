import { useEffect, useRef, useState } from 'react';
import { Button, Checkbox, Group, Select, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconSearch } from '@tabler/icons-react';
import { labelFromName } from '@fettle/base';
import { runStates, type FlowRunHead } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { relativeTime } from '@fettle/runtime';
import { ErrorState } from '../../../shell/error-state.tsx';
import { useApp, useDesign, useView } from '../../design-context.ts';
import { FilterPopover, originText } from './filter-popover.tsx';
import { searchOfFilter, type RunsFilter } from './runs-filter.ts';
import { StateMark, stateText } from './state-mark.tsx';
import { durationText } from '../../../shell/duration-text.ts';
import { useRunList, type RunList as Listed } from './use-run-list.ts';
import styles from './runs.module.css';

/** The runs of the flow or of the app, newest first, narrowed by filters that stand in the address. */
export function RunList({ flow }: { readonly flow: Flow }) {
  const { view } = useDesign();
  const filter = useView((state) => state.runsFilter);
  const list = useRunList(flow.id, filter);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const setFilter = (runsFilter: RunsFilter): void => view.setState({ runsFilter });
  const isFiltered = searchOfFilter({ ...filter, isAll: false }).size > 0;
  return (
    <div className={styles['side']}>
      <Filters filter={filter} onChange={setFilter} />
      {list.error !== null && (
        <ErrorState error={list.error} title="The runs could not be listed" onRetry={list.retry} />
      )}
      {!list.isLoading && list.error === null && list.runs.length === 0 && (
        <Group gap="xs" px="sm" py="xs">
          <Text size="sm" c="dimmed">
            {isFiltered ? 'No run is like this.' : 'It has not run yet.'}
          </Text>
          {isFiltered && (
            <Button size="compact-xs" variant="subtle" onClick={() => setFilter({})}>
              Clear filters
            </Button>
          )}
        </Group>
      )}
      <Rows
        list={list}
        isNamed={filter.isAll === true}
        chosen={chosen}
        onChoose={(id) =>
          setChosen((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id].slice(-2)))
        }
      />
      {chosen.length > 0 && <Chosen chosen={chosen} runs={list.runs} onClear={() => setChosen([])} />}
    </div>
  );
}

function Filters({
  filter,
  onChange,
}: {
  readonly filter: RunsFilter;
  readonly onChange: (filter: RunsFilter) => void;
}) {
  const { text: _text, isAll: _isAll, state: _state, ...rest } = filter;
  const kept = {
    ...(filter.text === undefined ? {} : { text: filter.text }),
    ...(filter.isAll === undefined ? {} : { isAll: filter.isAll }),
    ...(filter.state === undefined ? {} : { state: filter.state }),
  };
  return (
    <>
      <div className={styles['filters']}>
        <Select
          size="xs"
          aria-label="Runs of"
          allowDeselect={false}
          data={[
            { value: 'flow', label: 'This flow' },
            { value: 'app', label: 'All flows' },
          ]}
          value={filter.isAll === true ? 'app' : 'flow'}
          onChange={(value) => {
            const { isAll: _before, ...others } = { ...rest, ...kept };
            onChange(value === 'app' ? { ...others, isAll: true } : others);
          }}
        />
        <Select
          size="xs"
          aria-label="State"
          placeholder="Any state"
          clearable
          data={runStates.map((one) => ({ value: one, label: stateText(one) }))}
          value={filter.state ?? null}
          onChange={(value) => {
            const { state: _before, ...others } = { ...rest, ...kept };
            onChange(value === null ? others : { ...others, state: value as FlowRunHead['state'] });
          }}
        />
        <FilterPopover filter={filter} onChange={onChange} />
      </div>
      <TextFilter filter={filter} onChange={onChange} />
    </>
  );
}

/** A text that is looked for once nobody types any more. */
function TextFilter({
  filter,
  onChange,
}: {
  readonly filter: RunsFilter;
  readonly onChange: (filter: RunsFilter) => void;
}) {
  const [text, setText] = useState(filter.text ?? '');
  const [last, setLast] = useState(filter.text);
  // Changed from outside: cleared, or gone back to in the browser.
  if (filter.text !== last) {
    setLast(filter.text);
    setText(filter.text ?? '');
  }
  const search = useDebouncedCallback((wanted: string) => {
    const { text: _before, ...others } = filter;
    const next = wanted.trim() === '' ? undefined : wanted.trim();
    setLast(next);
    onChange(next === undefined ? others : { ...others, text: next });
  }, 400);
  return (
    <TextInput
      size="xs"
      mx={8}
      mb={6}
      aria-label="Search in runs"
      placeholder="Text in input, error or steps"
      maxLength={200}
      leftSection={<IconSearch size={13} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}

const rowHeight = 44;

function Rows({
  list,
  isNamed,
  chosen,
  onChoose,
}: {
  readonly list: Listed;
  readonly isNamed: boolean;
  readonly chosen: readonly string[];
  readonly onChoose: (id: string) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const { runs, hasMore, isLoadingMore, searchedTo, loadMore } = list;
  const virtualizer = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => runs[index]?.id ?? index,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const isAtEnd = (items.at(-1)?.index ?? -1) >= runs.length - 1;
  useEffect(() => {
    // A search that stopped goes on only when somebody wants it to.
    if (isAtEnd && hasMore && !isLoadingMore && searchedTo === undefined) loadMore();
  }, [isAtEnd, hasMore, isLoadingMore, searchedTo, loadMore]);
  return (
    <div ref={scroller} className={styles['list']}>
      <ul
        aria-label="Runs, newest first"
        className={styles['rows']}
        style={{ height: virtualizer.getTotalSize() }}
        aria-busy={list.isLoading || isLoadingMore}
      >
        {items.map(({ index, start, key }) => {
          const run = runs[index];
          return run === undefined ? null : (
            <li key={key} style={{ transform: `translateY(${start}px)`, height: rowHeight }}>
              <RunRow run={run} isNamed={isNamed} />
              <Checkbox
                size="xs"
                className={styles['choose'] ?? ''}
                aria-label={`Choose the run of ${new Date(run.createdAt).toLocaleString()} to compare`}
                checked={chosen.includes(run.id)}
                onChange={() => onChoose(run.id)}
              />
            </li>
          );
        })}
      </ul>
      {searchedTo !== undefined && (
        <div className={styles['further']}>
          <Text size="xs" c="dimmed">
            Searched back to {new Date(searchedTo).toLocaleString()}.
          </Text>
          <Button size="compact-xs" variant="subtle" loading={isLoadingMore} onClick={loadMore}>
            Search further back
          </Button>
        </div>
      )}
      {isLoadingMore && searchedTo === undefined && (
        <Text size="xs" c="dimmed" px="sm">
          Older runs…
        </Text>
      )}
    </div>
  );
}

/** What can be done with the runs that are chosen. */
function Chosen({
  chosen,
  runs,
  onClear,
}: {
  readonly chosen: readonly string[];
  readonly runs: readonly FlowRunHead[];
  readonly onClear: () => void;
}) {
  const { view } = useDesign();
  // The older one stands on the left.
  const both = runs.filter(({ id }) => chosen.includes(id)).toReversed();
  const [one, other] = both;
  const isOfOneFlow = one?.flowId === other?.flowId;
  return (
    <Group className={styles['chosen'] ?? ''} justify="space-between" wrap="nowrap" role="status">
      <Text size="xs">
        {both.length < 2 ? 'Choose a second run' : isOfOneFlow ? '2 runs chosen' : 'Runs of different flows'}
      </Text>
      <Group gap={4} wrap="nowrap">
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onClear}>
          Clear
        </Button>
        <Button
          size="compact-xs"
          disabled={one === undefined || other === undefined || !isOfOneFlow}
          onClick={() => view.setState({ run: one?.id, compared: other?.id })}
        >
          Compare
        </Button>
      </Group>
    </Group>
  );
}

/** What a run is doing that has not ended; of one that its flow's limit keeps, until when. */
function waitText({ state, heldUntil }: FlowRunHead): string {
  if (state !== 'held') return stateText(state);
  if (heldUntil === undefined) return 'Held: the flow is paused';
  return `Waiting for its limit until ${new Date(heldUntil).toLocaleTimeString()}`;
}

function RunRow({ run, isNamed }: { readonly run: FlowRunHead; readonly isNamed: boolean }) {
  const { view } = useDesign();
  const isCurrent = useView((state) => state.run === run.id || state.compared === run.id);
  const name = useApp((app) => app.flows[run.flowId]?.name);
  const isHere = name !== undefined;
  const duration =
    run.finishedAt !== null && run.startedAt !== null ? durationText(run.finishedAt - run.startedAt) : waitText(run);
  const time = relativeTime(new Date(run.createdAt).toISOString());
  return (
    <UnstyledButton
      className={styles['item'] ?? ''}
      aria-current={isCurrent}
      title={`${new Date(run.createdAt).toLocaleString()}${run.origin === undefined ? '' : ` · started by: ${originText(run.origin).toLowerCase()}`}`}
      onClick={() => {
        if (isHere && view.getState().flow !== run.flowId) view.openFlow(run.flowId);
        view.setState({ run: run.id, compared: undefined, isRunsOpen: true });
      }}
    >
      <StateMark state={run.state} />
      <span className={styles['words']}>
        <Text size="sm" component="span" display="block" truncate>
          {isNamed ? labelFromName(name ?? 'A flow that is gone') : time}
        </Text>
        <Text size="xs" c="dimmed" component="span" display="block" truncate>
          {isNamed && `${time} · `}
          {duration}
          {run.isDryRun && ' · dry run'}
          {run.environment === 'production' && ' · live'}
          {run.rerunOf !== undefined && ' · again'}
        </Text>
      </span>
    </UnstyledButton>
  );
}
