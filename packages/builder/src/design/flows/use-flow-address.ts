import { useEffect } from 'react';
import { useLocation, useRoute } from 'wouter';
import { useDesign } from '../design-context.ts';

/** The open flow has an address of its own, `/edit/<app>/flows/<flow>`: it can be sent to others, and the browser goes back. */
export function useFlowAddress(): void {
  const { appId, view } = useDesign();
  const [, navigate] = useLocation();
  const [isFlow, params] = useRoute<{ readonly appId: string; readonly flow: string }>('/edit/:appId/flows/:flow');
  const addressed = isFlow ? params.flow : undefined;
  useEffect(() => {
    const { flow, left } = view.getState();
    if (flow === addressed) return;
    view.openFlow(addressed);
    if (addressed !== undefined && (left === 'tree' || left === 'add')) view.setState({ left: 'flows' });
  }, [addressed, view]);
  useEffect(
    () =>
      view.subscribe((state, before) => {
        if (state.flow === before.flow) return;
        const address = state.flow === undefined ? `/edit/${appId}` : `/edit/${appId}/flows/${state.flow}`;
        if (window.location.pathname !== address) navigate(address);
      }),
    [appId, navigate, view],
  );
}
