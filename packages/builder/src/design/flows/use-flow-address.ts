import { useEffect } from 'react';
import { useLocation, useRoute, useSearch } from 'wouter';
import { useDesign } from '../design-context.ts';
import type { ViewState } from '../view-state.ts';
import { filterOfSearch, searchOfFilter } from './runs/runs-filter.ts';

/**
 * The open flow, the run that is shown of it, the one it is compared with and the filter of the list have an address,
 * `/edit/<app>/flows/<flow>/runs/<run>?compare=<run>&state=failed`: it can be sent to others, and the browser goes back.
 */
export function useFlowAddress(): void {
  const { appId, view } = useDesign();
  const [, navigate] = useLocation();
  const search = useSearch();
  const [isFlow, ofFlow] = useRoute<{ readonly flow: string }>('/edit/:appId/flows/:flow/*?');
  const [isRun, ofRun] = useRoute<{ readonly run: string }>('/edit/:appId/flows/:flow/runs/:run');
  const addressed = isFlow ? ofFlow.flow : undefined;
  const run = isRun ? ofRun.run : undefined;
  useEffect(() => {
    const { flow, left } = view.getState();
    if (flow !== addressed) view.openFlow(addressed);
    const asked = new URLSearchParams(search);
    const compared = run === undefined ? undefined : (asked.get('compare') ?? undefined);
    const runsFilter = filterOfSearch(asked);
    const before = view.getState();
    const isFilterNew = searchOfFilter(before.runsFilter).toString() !== searchOfFilter(runsFilter).toString();
    if (before.run !== run || before.compared !== compared || isFilterNew) {
      const isAsked = run !== undefined || searchOfFilter(runsFilter).size > 0;
      view.setState({ run, compared, runsFilter, ...(isAsked ? { isRunsOpen: true } : {}) });
    }
    if (flow === addressed) return;
    if (addressed !== undefined && (left === 'tree' || left === 'add')) view.setState({ left: 'flows' });
  }, [addressed, run, search, view]);
  useEffect(
    () =>
      view.subscribe((state, before) => {
        if (addressOf(appId, state) === addressOf(appId, before)) return;
        const address = addressOf(appId, state);
        // Going through runs is one step back in the browser, not one for each.
        if (`${window.location.pathname}${window.location.search}` !== address)
          navigate(address, { replace: state.flow === before.flow });
      }),
    [appId, navigate, view],
  );
}

function addressOf(appId: string, { flow, run, compared, runsFilter }: ViewState): string {
  if (flow === undefined) return `/edit/${appId}`;
  const search = searchOfFilter(runsFilter);
  if (run !== undefined && compared !== undefined) search.set('compare', compared);
  const behind = search.size === 0 ? '' : `?${search.toString()}`;
  return `/edit/${appId}/flows/${flow}${run === undefined ? '' : `/runs/${run}`}${behind}`;
}
