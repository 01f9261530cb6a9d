import { useApp, useDesign, useDispatch } from '../design-context.ts';
import { useDataSources } from '../editors/data/use-schema.ts';
import { newQuery } from './query-edit.ts';
import { queryKindsOf, useConnectors } from './use-connectors.ts';

/** Adding a query on the first data source that runs queries. */
export interface QueryAddition {
  readonly add: () => void;
  readonly isReady: boolean;
  /** Why a query cannot be added yet. */
  readonly hint: string | undefined;
}

/** What adding a query needs. */
export function useAddQuery(): QueryAddition {
  const { view } = useDesign();
  const dispatch = useDispatch();
  const queries = useApp((app) => app.queries);
  const { list, isPending } = useDataSources();
  const connectors = useConnectors();
  const able = list.find(({ connector }) => queryKindsOf(connectors, connector).length > 0);
  const kind = queryKindsOf(connectors, able?.connector)[0];
  const isReady = able !== undefined && kind !== undefined;
  return {
    isReady,
    hint: isReady || isPending ? undefined : 'Add a data source that runs queries first, under Data.',
    add: () => {
      if (able === undefined || kind === undefined) return;
      const query = newQuery(Object.values(queries), able.id, kind.id);
      if (dispatch({ type: 'query.add', query })) view.openQuery(query.id);
    },
  };
}
