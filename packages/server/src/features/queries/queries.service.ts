import type { Actor, Grant } from '@fettle/access';
import { inputError, notFound, type Json } from '@fettle/base';
import type { Environment } from '@fettle/contract';
import { checkParameters, type ExtensionCatalog, type Parameter, type Query } from '@fettle/definition';
import type { QueryResult } from '@fettle/sdk';
import type { CatalogOf } from '../../extensions/workspace-extensions.ts';
import type { RunningApp } from '../apps/running-app.ts';
import type { Audit } from '../audit/audit.service.ts';
import { workspaceOf } from '../data-sources/data-sources.service.ts';
import type { OpenSource } from '../data-sources/open-source.ts';
import type { OpenSources } from '../data-sources/open-sources.ts';
import { hideQueryText } from './hide-query-text.ts';

/** Limits of queries that set none of their own. */
export interface QueryLimits {
  readonly timeoutMs: number;
  readonly maxRows: number;
}

/** A query to try before it is saved. */
export interface QueryTrial {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly definitions?: readonly Parameter[];
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly mode: 'read' | 'write';
  readonly timeoutMs?: number;
  readonly maxRows?: number;
}

interface Run {
  readonly environment: Environment;
  readonly dataSource: string;
  readonly query: Pick<Query, 'kind' | 'settings' | 'parameters' | 'mode' | 'timeoutMs' | 'maxRows'>;
  readonly parameters: unknown;
  readonly user: Readonly<Record<string, unknown>> | null;
  /** Functions of plugins that its expressions can call. */
  readonly functions: ExtensionCatalog['functions'];
  readonly signal: AbortSignal;
}

/** Custom queries: of a running app by id with typed values, and tried by builders. */
export class Queries {
  readonly #sources: OpenSources;
  readonly #audit: Audit;
  readonly #limits: QueryLimits;
  readonly #catalogOf: CatalogOf;

  constructor(options: {
    readonly sources: OpenSources;
    readonly audit: Audit;
    readonly limits: QueryLimits;
    readonly catalogOf: CatalogOf;
  }) {
    this.#sources = options.sources;
    this.#catalogOf = options.catalogOf;
    this.#audit = options.audit;
    this.#limits = options.limits;
  }

  /** Runs a query of a draft or release. What it says stays on the server; callers give values only. */
  async run(call: {
    readonly grant: Grant;
    readonly actor: Actor;
    readonly running: RunningApp;
    readonly query: string;
    readonly parameters: unknown;
    readonly signal: AbortSignal;
  }): Promise<QueryResult> {
    const { running, grant } = call;
    const query = Object.hasOwn(running.app.queries, call.query) ? running.app.queries[call.query] : undefined;
    if (query === undefined)
      throw notFound({
        code: 'query.unknown',
        message: 'There is no such query.',
        hint: 'It may have been renamed or removed in a newer release.',
      });
    const work = this.#run(workspaceOf(grant), {
      environment: running.environment,
      dataSource: query.dataSource,
      query,
      parameters: call.parameters,
      user: running.user === null ? null : { ...running.user, roles: [...running.roles] },
      functions: running.app.functions,
      signal: call.signal,
    });
    // Who runs a draft may read the query; who runs a release may not.
    const result = await (running.environment === 'development'
      ? work
      : work.catch((error: unknown) => Promise.reject(hideQueryText(error) as Error)));
    if (query.mode === 'write') {
      await this.#audit.record({
        actor: call.actor,
        action: 'query.run',
        workspaceId: running.workspaceId,
        target: `${running.appId} ${query.id} ${query.name}`,
        details: { environment: running.environment, version: running.version, ...affected(result) },
      });
    }
    return result;
  }

  /** Runs a query that need not be saved, on development data. Its result columns are what a saved query declares. */
  async try(call: {
    readonly grant: Grant;
    readonly actor: Actor;
    readonly dataSource: string;
    readonly trial: QueryTrial;
    readonly signal: AbortSignal;
  }): Promise<QueryResult> {
    const { trial, grant, actor } = call;
    const { definitions = [], parameters, ...query } = trial;
    const result = await this.#run(workspaceOf(grant), {
      environment: 'development',
      dataSource: call.dataSource,
      query: { ...query, parameters: [...definitions] },
      parameters,
      user: actor.kind === 'user' ? { id: actor.id, email: actor.email, name: actor.name, roles: [] } : null,
      functions: this.#catalogOf(workspaceOf(grant)).functions,
      signal: call.signal,
    });
    if (trial.mode === 'write') {
      await this.#audit.record({
        actor,
        action: 'query.try',
        workspaceId: workspaceOf(grant),
        target: call.dataSource,
        details: affected(result),
      });
    }
    return result;
  }

  async #run(workspaceId: string, run: Run): Promise<QueryResult> {
    const { query } = run;
    const parameters = checkParameters(query.parameters, run.parameters);
    const source =
      this.#sources.peek(workspaceId, run.dataSource, run.environment) ??
      (await this.#sources.get(workspaceId, run.dataSource, run.environment));
    assertKind(source, query.kind);
    const timeoutMs = query.timeoutMs ?? this.#limits.timeoutMs;
    const request = {
      kind: query.kind,
      settings: query.settings as Readonly<Record<string, Json>>,
      parameters,
      scope: { user: run.user },
      functions: run.functions,
      mode: query.mode,
      timeoutMs,
      maxRows: query.maxRows ?? this.#limits.maxRows,
    };
    return source.run(async () => {
      if (source.session.query === undefined) throw withoutQueries();
      return source.session.query(request, { signal: run.signal, timeoutMs });
    });
  }
}

function assertKind(source: OpenSource, kind: string): void {
  if (source.session.query === undefined) throw withoutQueries();
  if (source.manifest.queryKinds.some(({ id }) => id === kind)) return;
  throw inputError({
    code: 'query.kind-unknown',
    message: `This data source has no queries of the kind "${kind}".`,
    hint: `It takes: ${source.manifest.queryKinds.map(({ id }) => id).join(', ') || 'none'}.`,
  });
}

function affected(result: QueryResult): Readonly<Record<string, unknown>> {
  return result.affectedRows === undefined ? {} : { affectedRows: result.affectedRows };
}

const withoutQueries = () =>
  inputError({
    code: 'data-source.no-queries',
    message: 'This data source takes no queries.',
    hint: 'Use its tables.',
  });
