import { Route, Switch } from 'wouter';
import { NotFoundPage } from '../shell/not-found-page.tsx';
import { SourcesHome } from './sources-home.tsx';
import { SourcePage } from './source/source-page.tsx';
import { NewSourcePage } from './new-source/new-source-page.tsx';
import { tableOfPath, type TableTab } from './data-paths.ts';
import { TablePage } from './table/table-page.tsx';
import { SourceTree } from './tree/source-tree.tsx';
import styles from './data.module.css';

const tabs: readonly string[] = ['rows', 'structure', 'relations'] satisfies readonly TableTab[];

/** Data: the sources of the workspace on the left, what is chosen of them on the right. */
export function DataPage() {
  return (
    <div className={styles['layout']}>
      <aside className={styles['side']} aria-label="Data sources">
        <SourceTree />
      </aside>
      <section className={styles['main']}>
        <Switch>
          <Route path="/w/:workspace/data">{() => <SourcesHome />}</Route>
          <Route path="/w/:workspace/data/new/:connector?">{() => <NewSourcePage />}</Route>
          <Route path="/w/:workspace/data/:source/tables/:table/:tab?">
            {({ source, table, tab = 'rows' }) =>
              tabs.includes(tab) ? (
                <TablePage
                  key={`${source} ${table}`}
                  dataSource={source}
                  table={tableOfPath(table)}
                  tab={tab as TableTab}
                />
              ) : (
                <NotFoundPage />
              )
            }
          </Route>
          <Route path="/w/:workspace/data/:source/query">
            {({ source }) => <SourcePage key={source} dataSource={source} tab="query" />}
          </Route>
          <Route path="/w/:workspace/data/:source/settings">
            {({ source }) => <SourcePage key={source} dataSource={source} tab="settings" />}
          </Route>
          <Route path="/w/:workspace/data/:source">
            {({ source }) => <SourcePage key={source} dataSource={source} tab="tables" />}
          </Route>
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      </section>
    </div>
  );
}
