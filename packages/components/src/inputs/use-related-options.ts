import { useCallback, useEffect, useRef, useState } from 'react';
import type { Json } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import type { Filter } from './filter-types.ts';
import { plainText } from './format-value.ts';
import type { RelationTarget } from './control-props.ts';

/** A related row in a list to choose from. */
export interface RelatedOption {
  readonly key: Json;
  readonly label: string;
}

/** What the picker shows. */
export interface RelatedOptions {
  readonly options: readonly RelatedOption[];
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly error: string | undefined;
  loadMore(): void;
  retry(): void;
}

const pageSize = 20;

/** Rows to choose from, searched on the server a page at a time: it does not matter how many there are. */
export function useRelatedOptions(
  target: RelationTarget,
  search: string,
  isOpen: boolean,
  filter?: Filter,
): RelatedOptions {
  const { data } = useHost();
  const [options, setOptions] = useState<readonly RelatedOption[]>([]);
  const [next, setNext] = useState<string | undefined>();
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState<string | undefined>();
  const [turn, setTurn] = useState(0);
  const running = useRef<AbortController | undefined>(undefined);
  const { dataSource, table } = target.place;
  const filterKey = JSON.stringify(filter ?? null);

  const load = useCallback(
    async (cursor: string | undefined) => {
      running.current?.abort();
      const control = new AbortController();
      running.current = control;
      setLoading(true);
      setError(undefined);
      try {
        const result = await data.list(
          { dataSource, table },
          {
            columns: [...new Set([target.keyColumn, target.labelColumn])],
            sort: [{ column: target.labelColumn, direction: 'ascending' }],
            limit: pageSize,
            ...(search.trim() === '' ? {} : { search: { text: search.trim(), columns: [target.labelColumn] } }),
            ...(filter === undefined ? {} : { filter }),
            ...(cursor === undefined ? {} : { cursor }),
          },
          control.signal,
        );
        if (control.signal.aborted) return;
        const page = result.rows.map((row) => toOption(target, row));
        setOptions((before) => (cursor === undefined ? page : [...before, ...page]));
        setNext(result.next);
      } catch (reason) {
        if (!control.signal.aborted)
          setError(reason instanceof Error ? reason.message : 'The rows could not be loaded.');
      } finally {
        if (!control.signal.aborted) setLoading(false);
      }
    },
    [data, dataSource, table, target.keyColumn, target.labelColumn, search, filterKey],
  );

  useEffect(() => {
    if (!isOpen) return undefined;
    const timer = setTimeout(() => void load(undefined), search === '' ? 0 : 200);
    return () => clearTimeout(timer);
  }, [isOpen, load, turn]);
  useEffect(() => () => running.current?.abort(), []);

  return {
    options,
    isLoading,
    hasMore: next !== undefined,
    error,
    loadMore: () => {
      if (next !== undefined && !isLoading) void load(next);
    },
    retry: () => setTurn((value) => value + 1),
  };
}

/** A row as an option. */
export function toOption(target: RelationTarget, row: Row): RelatedOption {
  const key = row[target.keyColumn] ?? null;
  const label = plainText(row[target.labelColumn]);
  return { key, label: label === '' ? plainText(key) : label };
}

/** The words for a stored key: undefined while unknown. Asks the server once per key. */
export function useRelatedLabel(
  target: RelationTarget,
  key: unknown,
  known: readonly RelatedOption[],
): string | undefined {
  const { data } = useHost();
  const text = plainText(key);
  const [found, setFound] = useState<{ readonly text: string; readonly label: string } | undefined>();
  const fromList = known.find((option) => plainText(option.key) === text)?.label;
  const { dataSource, table } = target.place;
  useEffect(() => {
    if (text === '' || fromList !== undefined || found?.text === text) return undefined;
    const control = new AbortController();
    data
      .list(
        { dataSource, table },
        {
          columns: [...new Set([target.keyColumn, target.labelColumn])],
          filter: { column: target.keyColumn, operator: 'equal', value: key as Json },
          limit: 1,
        },
        control.signal,
      )
      .then(({ rows: [row] }) => {
        if (!control.signal.aborted) setFound({ text, label: row === undefined ? text : toOption(target, row).label });
      })
      .catch(() => {
        // The key itself is shown then; the picker says more when it is opened.
        if (!control.signal.aborted) setFound({ text, label: text });
      });
    return () => control.abort();
  }, [data, dataSource, table, target.keyColumn, target.labelColumn, text, fromList]);
  if (text === '') return '';
  return fromList ?? (found?.text === text ? found.label : undefined);
}
