import { useCallback, useMemo, useState } from 'react';
import { Button, Group, Modal, Tabs, Text } from '@mantine/core';
import type { Query } from '@fettle/definition';
import { BindingScopeProvider } from '../binding/binding-scope.ts';
import { useDispatch } from '../design-context.ts';
import { designEditors } from '../editors/design-editors.ts';
import { RootForm } from '../editors/design-form.tsx';
import { SqlContextProvider } from '../editors/sql/sql-context.ts';
import { useDataSources } from '../editors/data/use-schema.ts';
import { useProblems } from '../panels/problems/use-problems.ts';
import { ParameterTable } from './parameter-table.tsx';
import type { QueryChanges } from './query-edit.ts';
import { QueryOptions } from './query-options.tsx';
import { queryProblems } from './query-problems.ts';
import { QueryToolbar } from './query-toolbar.tsx';
import { ResultView } from './result-view.tsx';
import { queryKindsOf, useConnectors } from './use-connectors.ts';
import { useQueryRun } from './use-query-run.ts';
import styles from './dock.module.css';

type Pane = 'result' | 'parameters' | 'options';

// Values to run with stay while one looks at another query; they are no part of the app.
const keptValues = new Map<string, Readonly<Record<string, unknown>>>();

/** Writes and runs one query. */
export function QueryEditor({ query }: { readonly query: Query }) {
  const dispatch = useDispatch();
  const { list } = useDataSources();
  const connectors = useConnectors();
  const connector = list.find(({ id }) => id === query.dataSource)?.connector;
  const kinds = queryKindsOf(connectors, connector);
  const kind = kinds.find(({ id }) => id === query.kind) ?? kinds[0];
  const { run, start, cancel } = useQueryRun(query);
  const [pane, setPane] = useState<Pane>('result');
  const [values, setValues] = useState(() => keptValues.get(query.id) ?? {});
  const [asksToWrite, setAsksToWrite] = useState(false);
  const problems = useProblems();
  const ownProblems = useMemo(() => queryProblems(problems, query.id), [problems, query.id]);
  const update = useCallback(
    (changes: QueryChanges, key?: string): void => {
      dispatch(
        { type: 'query.update', query: query.id, changes },
        key === undefined ? {} : { mergeKey: `query:${query.id}:${key}` },
      );
    },
    [dispatch, query.id],
  );
  const execute = (): void => {
    setAsksToWrite(false);
    setPane('result');
    void start(values);
  };
  const ask = (): void => (query.mode === 'write' ? setAsksToWrite(true) : execute());
  const scope = useMemo(() => queryScope(query), [query]);
  const sqlContext = {
    dataSource: query.dataSource,
    connector,
    parameters: query.parameters.map(({ name }) => name),
    onRun: ask,
  };
  return (
    <div
      className={styles['editor']}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
        event.preventDefault();
        ask();
      }}
    >
      <QueryToolbar
        query={query}
        kinds={kinds}
        isRunning={run.state === 'running'}
        onUpdate={update}
        onRun={ask}
        onCancel={cancel}
      />
      <div className={styles['work']}>
        <div className={styles['pane']}>
          <BindingScopeProvider value={scope}>
            <SqlContextProvider value={sqlContext}>
              {kind === undefined ? (
                <Text size="sm" c="dimmed">
                  {list.length === 0
                    ? 'Reading the data source …'
                    : 'This data source runs no queries of your own. Choose another one.'}
                </Text>
              ) : (
                <RootForm
                  key={kind.id}
                  editors={designEditors}
                  schema={kind.settings}
                  values={query.settings}
                  problems={ownProblems}
                  onChange={(name, value) => {
                    const { [name]: _old, ...rest } = query.settings;
                    update(
                      { settings: value === undefined ? rest : { ...query.settings, [name]: value } },
                      typeof value === 'string' ? `settings/${name}` : undefined,
                    );
                  }}
                />
              )}
            </SqlContextProvider>
          </BindingScopeProvider>
        </div>
        <div className={styles['pane']}>
          <Tabs value={pane} onChange={(next) => setPane((next ?? 'result') as Pane)}>
            <Tabs.List aria-label="Parts of the query">
              <Tabs.Tab value="result" py={6} fz={13}>
                Result
              </Tabs.Tab>
              <Tabs.Tab value="parameters" py={6} fz={13}>
                Parameters{query.parameters.length > 0 ? ` ${query.parameters.length}` : ''}
              </Tabs.Tab>
              <Tabs.Tab value="options" py={6} fz={13}>
                Options
              </Tabs.Tab>
            </Tabs.List>
          </Tabs>
          <div className={styles['tabBody']} data-tab={pane}>
            {pane === 'result' && <ResultView run={run} onRun={ask} onCancel={cancel} />}
            {pane === 'parameters' && (
              <ParameterTable
                query={query}
                values={values}
                onValues={(next) => {
                  keptValues.set(query.id, next);
                  setValues(next);
                }}
                onChange={(parameters, key) => update({ parameters }, key)}
              />
            )}
            {pane === 'options' && <QueryOptions query={query} onUpdate={update} />}
          </div>
        </div>
      </div>
      <Modal opened={asksToWrite} onClose={() => setAsksToWrite(false)} title="Run a query that writes?" centered>
        <Text size="sm">It changes rows in the development data now, for everyone who uses it.</Text>
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={() => setAsksToWrite(false)}>
            Cancel
          </Button>
          <Button color="red" onClick={execute} data-autofocus>
            Run and change data
          </Button>
        </Group>
      </Modal>
    </div>
  );
}

/** Expressions of a query know its parameters and the signed-in person. */
function queryScope(query: Query) {
  const parameters = Object.fromEntries(
    query.parameters.map(({ name, default: fallback }) => [name, fallback ?? null]),
  );
  return {
    component: undefined,
    extra: { ...parameters, user: { id: '', name: '', email: '', roles: [], isSignedIn: true } },
    isClosed: true,
  };
}
