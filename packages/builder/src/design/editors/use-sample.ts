import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { isJsonObject } from '@fettle/base';
import { routes } from '@fettle/contract';
import { parseTemplate } from '@fettle/expression';
import { useStore } from 'zustand';
import { useClient } from '../../api/client.ts';
import { useBindingScope } from '../binding/binding-scope.ts';
import { canvasRuntime } from '../canvas/runtime-handle-store.ts';
import { useApp, useCurrentScreen, useDesign } from '../design-context.ts';
import { readDataSetting } from './data/data-setting.ts';
import { useRootValues } from './form-place.ts';

/** Samples of names that are known only when a value is used: the first row the component shows stands for `row`. */
export function useDeferredSample(names: readonly string[] | undefined): Readonly<Record<string, unknown>> | undefined {
  const isNeeded = names !== undefined && names.length > 0;
  const row = useSampleRow(isNeeded);
  return useMemo(() => {
    if (names === undefined || names.length === 0) return undefined;
    return Object.fromEntries(names.map((name) => [name, sampleOf(name, row)]));
  }, [names, row]);
}

function sampleOf(name: string, row: Readonly<Record<string, unknown>>): unknown {
  if (name === 'index') return 0;
  if (name === 'value') return Object.values(row)[0] ?? '';
  return row;
}

const noRow = {};

/** The first row of the data that the form's `data` setting names: as shown on the canvas, else read from the table. */
export function useSampleRow(isNeeded: boolean): Readonly<Record<string, unknown>> {
  const client = useClient();
  const { workspaceId } = useDesign();
  const root = useRootValues();
  const { component } = useBindingScope();
  const screen = useCurrentScreen();
  const handle = useStore(canvasRuntime, (state) => state.handle);
  const queries = useApp((app) => app.queries);
  const data = readDataSetting(root['data']);
  const shown = useMemo(() => {
    if (!isNeeded || handle === undefined) return undefined;
    const firstRow = (source: string): unknown => {
      const template = parseTemplate(`{{ ${source} }}`);
      return template.ok ? handle.evaluate(component, template.value).value : undefined;
    };
    const name = component === undefined ? undefined : screen?.components[component]?.name;
    const own = name === undefined ? undefined : firstRow(`components.${name}.rows[0]`);
    if (isJsonObject(own)) return own;
    if (data?.kind !== 'query') return undefined;
    const query = queries[data.query]?.name;
    const path = data.path === undefined || data.path === '' ? '' : `.${data.path}`;
    const first = query === undefined ? undefined : firstRow(`queries.${query}.data${path}[0]`);
    return isJsonObject(first) ? first : undefined;
  }, [component, data, handle, isNeeded, queries, screen]);
  const table = data?.kind === 'table' ? data : undefined;
  const read = useQuery({
    queryKey: ['sample-row', workspaceId, table?.dataSource, table?.table],
    queryFn: ({ signal }) =>
      client.call(routes.dataSources.rows.list, {
        params: { workspaceId, dataSource: table?.dataSource ?? '', table: table?.table ?? '' },
        body: { limit: 1 },
        signal,
      }),
    enabled: isNeeded && shown === undefined && table !== undefined,
    staleTime: 60_000,
  });
  return shown ?? read.data?.rows[0] ?? noRow;
}
