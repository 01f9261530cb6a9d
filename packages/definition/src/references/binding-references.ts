import { templateDependencies } from '@fettle/expression';
import type { App } from '../app.ts';
import type { Bindings } from '../compiled.ts';
import type { Screen } from '../kinds/screen.ts';
import type { ReferenceTarget } from './reference.ts';
import type { SettingReference } from './settings-references.ts';

/** What the names in expressions of a screen lead to. */
export interface NameTable {
  /** The thing called `root.name`; undefined when there is none. */
  find(root: string, name: string): ReferenceTarget | undefined;
}

/** Names of a screen: its components, the app's queries, its own state before the app's. */
export function nameTable(app: App, screen: Screen): NameTable {
  const targets = new Map<string, ReferenceTarget>();
  for (const variable of app.app.state ?? []) targets.set(`state.${variable.name}`, { kind: 'state', id: variable.id });
  for (const variable of screen.state ?? []) targets.set(`state.${variable.name}`, { kind: 'state', id: variable.id });
  for (const query of Object.values(app.queries)) targets.set(`queries.${query.name}`, { kind: 'query', id: query.id });
  for (const [id, { name }] of Object.entries(screen.components)) {
    targets.set(`components.${name}`, { kind: 'component', id, screen: screen.id });
  }
  return { find: (root, name) => targets.get(`${root}.${name}`) };
}

/** Everything that bindings refer to by name, each thing once per binding. Names that lead nowhere are left out. */
export function bindingReferences(bindings: Bindings, names: NameTable): readonly SettingReference[] {
  return Object.entries(bindings).flatMap(([path, template]) => {
    const found = new Map<string, SettingReference>();
    for (const [root, name] of templateDependencies(template)) {
      const to = root === undefined || name === undefined ? undefined : names.find(root, name);
      if (to !== undefined) found.set(`${to.kind} ${to.id}`, { path, to });
    }
    return [...found.values()];
  });
}
