import { PageHeader } from '../shell/page-header.tsx';

/** The addresses of the data pages. */
export function DataRoutes() {
  return <PageHeader title="Data" />;
}
