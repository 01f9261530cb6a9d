import { PageHeader } from '../shell/page-header.tsx';

/** Settings of the workspace and of one's own account. */
export function SettingsPage() {
  return <PageHeader title="Settings" />;
}
