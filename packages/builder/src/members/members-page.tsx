import { PageHeader } from '../shell/page-header.tsx';

/** The people of the workspace and their roles. */
export function MembersPage() {
  return <PageHeader title="Members" />;
}
