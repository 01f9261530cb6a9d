import { useSearchParams } from 'wouter';
import { ApprovalsView } from '@fettle/runtime';
import { useInbox } from '../shell/workspace-bell.tsx';

/** What waits for the person in the apps of the workspace. */
export function ApprovalsPage() {
  const inbox = useInbox();
  const [query] = useSearchParams();
  const wanted = query.get('approval') ?? undefined;
  return <ApprovalsView key={wanted} inbox={inbox} showsApps wanted={wanted} />;
}
