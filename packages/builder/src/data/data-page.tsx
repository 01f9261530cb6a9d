import { DataRoutes } from './data-routes.tsx';

/** Data: the sources of the workspace, their tables, rows and queries. */
export function DataPage() {
  return <DataRoutes />;
}
