import { authorise, type Actor, type Grant, type ReleaseAction } from '@fettle/access';
import { AppError, inputError } from '@fettle/base';
import { tableReference, type AccessPlan } from '@fettle/definition';
import type { FlowData } from '@fettle/sdk/server';
import type { RunningApp } from '../../apps/running-app.ts';
import type { OpenSources } from '../../data-sources/open-sources.ts';
import type { Queries } from '../../queries/queries.service.ts';
import type { TableTrial } from '../../tables/table-trial.ts';
import type { ListInput, TableCall, Tables } from '../../tables/tables.service.ts';

/** What flows reach data through: the services that serve people, with the flow's own rights. */
export interface FlowDataOptions {
  readonly tables: Tables;
  readonly queries: Queries;
  readonly sources: Pick<OpenSources, 'get' | 'schemaOf'>;
}

/** For whom and how long. */
export interface FlowDataCall {
  readonly actor: Actor;
  readonly running: RunningApp;
  readonly rights: AccessPlan;
  readonly signal: AbortSignal;
  /** Of a dry run: what it writes is undone. */
  readonly trial: TableTrial | undefined;
  /** App roles of whoever it is for; absent for flows, which have none. */
  readonly roles?: ReadonlySet<string>;
  /** What is said of something that the rights leave out; absent for flows. */
  readonly outside?: (target: string) => AppError;
}

const tableActions = [
  ['view', 'table.view'],
  ['update', 'table.update'],
  ['delete', 'table.delete'],
  ['create', 'table.create'],
] as const;

/** A flow has no roles of its app; this one stands for it where rights are asked for. */
const flowRoles: ReadonlySet<string> = new Set(['flow']);
const streamPage = 500;

/** Rows and queries for one action: everything goes through a grant, on what the flow's steps use or the person may. */
export function createFlowData(options: FlowDataOptions, call: FlowDataCall): FlowData {
  const { tables, queries } = options;
  const { actor, running, rights, signal, trial, roles = flowRoles, outside = outsideOfSteps } = call;
  const grantFor = (action: ReleaseAction, target: string): Grant => {
    const { workspaceId, appId } = running;
    try {
      return authorise(actor, action, { kind: 'release', workspaceId, appId, roles, rights, target });
    } catch (error) {
      throw error instanceof AppError && error.kind === 'not-allowed' ? outside(target) : error;
    }
  };
  const at = (action: ReleaseAction, dataSource: string, table: string): TableCall => ({
    grant: grantFor(action, tableReference(dataSource, table)),
    actor,
    environment: running.environment,
    dataSource,
    table,
    signal,
    ...(trial === undefined ? {} : { trial }),
  });
  const data: FlowData = {
    list: (dataSource, { table, ...request }) => tables.list(at('table.view', dataSource, table), request as ListInput),
    async read(dataSource, { table, ...request }) {
      try {
        return await tables.read(at('table.view', dataSource, table), request);
      } catch (error) {
        if (error instanceof AppError && error.kind === 'not-found' && error.code.startsWith('row.')) return undefined;
        throw error;
      }
    },
    create: (dataSource, table, rows) => tables.create(at('table.create', dataSource, table), rows),
    update: (dataSource, table, changes) => tables.update(at('table.update', dataSource, table), changes),
    delete: (dataSource, table, keys) => tables.delete(at('table.delete', dataSource, table), keys),
    aggregate: (dataSource, { table, ...request }) => tables.aggregate(at('table.view', dataSource, table), request),
    async *stream(dataSource, { table, ...request }) {
      let cursor: string | undefined;
      do {
        const page = await tables.list(at('table.view', dataSource, table), {
          ...(request as ListInput),
          limit: streamPage,
          ...(cursor === undefined ? {} : { cursor }),
        });
        yield page.rows;
        cursor = page.next;
      } while (cursor !== undefined);
    },
    async primaryKey(dataSource, table) {
      // Whoever may do anything with its rows names them by their key: that it has one tells nothing of them.
      const reference = tableReference(dataSource, table);
      const right = Object.hasOwn(rights.tables, reference) ? rights.tables[reference] : undefined;
      grantFor(tableActions.find(([verb]) => right?.[verb] === true)?.[1] ?? 'table.view', reference);
      const source = await options.sources.get(running.workspaceId, dataSource, running.environment);
      const known = await options.sources.schemaOf(source);
      return known.tables.get(table)?.primaryKey ?? [];
    },
    async runQuery(query, parameters) {
      const grant = grantFor('query.run', query);
      if (trial !== undefined && running.app.queries[query]?.mode !== 'read') throw notOnTrial();
      return queries.run({ grant, actor, running, query, parameters, signal });
    },
  };
  return data;
}

function outsideOfSteps(target: string): AppError {
  return new AppError('not-allowed', {
    code: 'flow.not-allowed',
    message: `The steps of this flow do not name "${target}" for this.`,
    hint: 'A flow may do what its steps say. Choose the table or query in the step itself, not by a binding.',
  });
}

// What a statement changes need not be rows of one connection.
const notOnTrial = () =>
  inputError({
    code: 'data.trial-unsupported',
    message: 'Queries that write are not run in a dry run.',
    hint: 'Run the flow for real on data of development.',
  });
