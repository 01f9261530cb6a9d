import { useEffect } from 'react';
import { useLocation, useRoute } from 'wouter';
import { useDesign } from '../design-context.ts';

/** The open flow, and the run that is shown of it, have an address, `/edit/<app>/flows/<flow>/runs/<run>`: it can be sent to others, and the browser goes back. */
export function useFlowAddress(): void {
  const { appId, view } = useDesign();
  const [, navigate] = useLocation();
  const [isFlow, ofFlow] = useRoute<{ readonly flow: string }>('/edit/:appId/flows/:flow/*?');
  const [isRun, ofRun] = useRoute<{ readonly run: string }>('/edit/:appId/flows/:flow/runs/:run');
  const addressed = isFlow ? ofFlow.flow : undefined;
  const run = isRun ? ofRun.run : undefined;
  useEffect(() => {
    const { flow, left } = view.getState();
    if (flow !== addressed) view.openFlow(addressed);
    if (view.getState().run !== run) view.setState({ run, ...(run === undefined ? {} : { isRunsOpen: true }) });
    if (flow === addressed) return;
    if (addressed !== undefined && (left === 'tree' || left === 'add')) view.setState({ left: 'flows' });
  }, [addressed, run, view]);
  useEffect(
    () =>
      view.subscribe((state, before) => {
        if (state.flow === before.flow && state.run === before.run) return;
        const ofFlow = state.flow === undefined ? '' : `/flows/${state.flow}`;
        const address = `/edit/${appId}${ofFlow}${state.run === undefined ? '' : `/runs/${state.run}`}`;
        // Going through runs is one step back in the browser, not one for each.
        if (window.location.pathname !== address) navigate(address, { replace: state.flow === before.flow });
      }),
    [appId, navigate, view],
  );
}
