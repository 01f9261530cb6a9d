import type { ClientQuery } from '@fettle/definition';
import { computed } from '@preact/signals-core';
import type { Frame } from './frame.ts';
import { createRecordTree, createTree } from './scope-tree.ts';
import type { ScreenStore } from './screen-store.ts';

/** The names every expression of a screen knows, read lazily so that each binding follows only what it reads. */
export function createScreenNames(store: ScreenStore, frame: Frame): Readonly<Record<string, unknown>> {
  return {
    components: componentsTree(store, frame),
    queries: queriesTree(store),
    state: stateTree(store),
    screen: createRecordTree({
      params: () => store.params.value,
      query: () => store.query.value,
      name: () => store.head.value.name,
    }),
    user: createRecordTree({
      id: () => store.app.facts.value.user?.id,
      name: () => store.app.facts.value.user?.name,
      email: () => store.app.facts.value.user?.email,
      roles: () => store.app.facts.value.user?.roles ?? [],
      isSignedIn: () => store.app.facts.value.user !== null,
    }),
    app: createRecordTree({ name: () => store.app.facts.value.app.name }),
  };
}

function componentsTree(store: ScreenStore, frame: Frame): object {
  const trees = new Map<string, object>();
  return createTree({
    has: (name) => store.names.value.has(name),
    keys: () => store.names.value.keys(),
    get: (name) => {
      const id = store.names.value.get(name);
      if (id === undefined) return undefined;
      let tree = trees.get(id);
      if (tree === undefined) {
        tree = componentTree(store, frame, id);
        trees.set(id, tree);
      }
      return tree;
    },
  });
}

function componentTree(store: ScreenStore, frame: Frame, id: string): object {
  const type = computed(() => store.node(id).value?.type);
  const exposes = (): readonly string[] => {
    const manifest = type.value === undefined ? undefined : store.app.extensions.manifest(type.value);
    return Object.keys(manifest?.exposes ?? {});
  };
  return createTree({
    has: (key) => exposes().includes(key),
    keys: exposes,
    get: (key) => frame.findExposure(id)?.of(key).value,
  });
}

function queriesTree(store: ScreenStore): object {
  const trees = new Map<string, object>();
  const byName = computed(
    () => new Map(Object.values(store.app.facts.value.queries).map((query: ClientQuery) => [query.name, query.id])),
  );
  return createTree({
    has: (name) => byName.value.has(name),
    keys: () => byName.value.keys(),
    get: (name) => {
      const id = byName.value.get(name);
      if (id === undefined) return undefined;
      let tree = trees.get(id);
      if (tree === undefined) {
        tree = queryTree(store, id);
        trees.set(id, tree);
      }
      return tree;
    },
  });
}

// Each member is computed apart, so that a binding of the data does not follow `isLoading`.
function queryTree(store: ScreenStore, id: string): object {
  const data = computed(() => store.queries.latest(id).data);
  const columns = computed(() => store.queries.latest(id).columns);
  const isLoading = computed(() => store.queries.latest(id).isLoading);
  const error = computed(() => describeError(store.queries.latest(id).error));
  return createRecordTree({
    data: () => data.value,
    columns: () => columns.value,
    isLoading: () => isLoading.value,
    error: () => error.value,
  });
}

function stateTree(store: ScreenStore): object {
  const names = (): readonly string[] => [
    ...(store.head.value.state ?? []).map(({ name }) => name),
    ...store.app.facts.value.app.state.map(({ name }) => name),
  ];
  return createTree({
    has: (name) => store.stateOf(name) !== undefined,
    keys: () => new Set(names()),
    get: (name) => store.stateOf(name)?.value,
  });
}

/** An error as expressions see it. */
export function describeError(
  error: { readonly message: string; readonly code?: string; readonly hint?: string | undefined } | undefined,
): unknown {
  if (error === undefined) return undefined;
  return {
    message: error.message,
    code: error.code ?? 'unknown',
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  };
}
