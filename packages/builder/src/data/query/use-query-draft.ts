import { useCallback, useEffect, useState } from 'react';
import type { ConnectorManifest } from '@fettle/sdk';
import { restoreDraft, type QueryDraft } from './query-draft.ts';

/** The query being written for a data source. This browser keeps it, so that looking elsewhere loses nothing. */
export function useQueryDraft(dataSource: string, connector: ConnectorManifest) {
  const storageKey = `fettle-query-${dataSource}`;
  const [draft, setDraft] = useState<QueryDraft>(() => load(storageKey, connector));
  useEffect(() => {
    const timer = setTimeout(() => localStorage.setItem(storageKey, JSON.stringify(draft)), 400);
    return () => clearTimeout(timer);
  }, [draft, storageKey]);
  const change = useCallback((part: Partial<QueryDraft>) => setDraft((before) => ({ ...before, ...part })), []);
  return { draft, change };
}

function load(storageKey: string, connector: ConnectorManifest): QueryDraft {
  const kinds = connector.queryKinds.map(({ id }) => id);
  const empty: QueryDraft = { kind: kinds[0] ?? '', settings: {}, parameters: [], mode: 'read' };
  try {
    return restoreDraft(JSON.parse(localStorage.getItem(storageKey) ?? 'null'), kinds) ?? empty;
  } catch {
    return empty;
  }
}
