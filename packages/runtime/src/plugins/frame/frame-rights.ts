import { notAllowed } from '@fettle/base';
import { tableReference, usesOfSettings } from '@fettle/definition';
import { createCatalog, type ComponentManifest } from '@fettle/sdk';

/** What a component in a frame may reach: what its settings name, as its manifest says it uses them. */
export interface FrameRights {
  assertTable(place: { readonly dataSource: string; readonly table: string }, verb: Verb): void;
  assertQuery(query: string): void;
  assertFlow(flow: string): void;
  /** The tables that it may use, by reference. */
  readonly tables: readonly string[];
}
type Verb = 'view' | 'create' | 'update' | 'delete';

/** Works out the rights of a component with these settings. What the person may do, the server decides as ever. */
export function rightsOf(manifest: ComponentManifest, settings: Readonly<Record<string, unknown>>): FrameRights {
  const { component } = createCatalog({ components: [manifest], eventActions: [] });
  const uses = usesOfSettings(settings, component(manifest.id));
  const queries = new Set(uses.queries);
  const flows = new Set(uses.flows);
  return {
    tables: [...new Set(uses.tables.map(({ reference }) => reference))],
    assertTable({ dataSource, table }, verb) {
      const reference = tableReference(dataSource, table);
      if (!uses.tables.some((one) => one.reference === reference && one.verbs.includes(verb)))
        throw refused(`The component may not ${words[verb]} of the table "${table}".`);
    },
    assertQuery(query) {
      if (!queries.has(query)) throw refused('The component may not run this query.');
    },
    assertFlow(flow) {
      if (!flows.has(flow)) throw refused('The component may not start this flow.');
    },
  };
}

const words = { view: 'see rows', create: 'add rows', update: 'change rows', delete: 'delete rows' } as const;

const refused = (message: string) =>
  notAllowed({
    code: 'plugin.not-in-settings',
    message,
    hint: 'A component in a frame reaches what its settings name and its manifest declares under "uses".',
  });
