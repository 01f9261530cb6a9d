import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { EmptyState, Placeholder } from '../states/data-states.tsx';
import type { approvalsManifest } from './manifest.ts';

/** Implementation of `core/approvals`: the runtime's own list, so that answering is the same everywhere. */
export function Approvals({ settings }: ComponentProps<Static<typeof approvalsManifest.settings>>) {
  const host = useHost();
  if (host.mode === 'design')
    return <Placeholder icon="circle-check" hint="People see here what flows of this app ask them" />;
  return (
    host.approvals({ state: settings.state }) ?? (
      <EmptyState
        icon="circle-check"
        text="What flows ask you is shown in the published app, once you are signed in."
      />
    )
  );
}
