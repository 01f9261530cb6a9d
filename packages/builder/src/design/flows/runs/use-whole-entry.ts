import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { routes, type FlowJournalEntry } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { useDesign } from '../../design-context.ts';

/** An entry with the values that were too large to be sent along, once they are asked for. */
export interface WholeEntry {
  readonly entry: FlowJournalEntry;
  readonly isReading: boolean;
  /** Read, and still not there: it is not shown at all. */
  readonly isTooLarge: boolean;
  readonly error: string | undefined;
  readonly read: () => void;
}

/** Reads the large values of an entry when somebody wants to see them. */
export function useWholeEntry(runId: string, entry: FlowJournalEntry): WholeEntry {
  const client = useClient();
  const { appId } = useDesign();
  const [isWanted, setIsWanted] = useState(false);
  const read = useQuery({
    queryKey: ['flow-run-entry', appId, runId, entry.path, entry.state],
    queryFn: ({ signal }) =>
      client.call(routes.flows.entry, { params: { appId, run: runId }, query: { path: entry.path }, signal }),
    enabled: isWanted,
    staleTime: 60_000,
  });
  const isTooLarge = read.data?.entry.omitted !== undefined;
  return {
    entry: isWanted && read.data !== undefined ? read.data.entry : entry,
    isReading: isWanted && read.isFetching,
    isTooLarge,
    error: isTooLarge ? 'It is too large to be shown.' : read.error?.message,
    read: () => (isWanted ? void read.refetch() : setIsWanted(true)),
  };
}
