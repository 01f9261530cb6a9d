import type { Actor } from '@fettle/access';
import type { TemplatePreview } from '@fettle/contract';
import type { ExtensionCatalog } from '@fettle/definition';
import type { ColumnMeaning, Row } from '@fettle/sdk';
import { describeTemplateTables, storeSampleRows, templateDataSource, type Template } from '@fettle/template';
import { createAppVersion } from '../running/app-versions.ts';
import { userValue } from '../tables/actor-stamps.ts';

/** A template's app with its sample rows, as a role sees it: a browser plays it without anything being made here. */
export async function previewTemplate(
  template: Template,
  options: {
    readonly catalog: ExtensionCatalog;
    readonly actor: Actor;
    readonly role: string;
    readonly now: number;
  },
): Promise<TemplatePreview> {
  const { catalog, actor, role, now } = options;
  const { about, app } = template;
  const view = createAppVersion(`template-${about.version}`, app, catalog).viewOf([role]);
  const tables = describeTemplateTables(template.tables);
  return {
    appId: `tpl_${about.id.replaceAll('-', '')}`,
    slug: about.id,
    version: view.version,
    client: view.client(),
    tables: Object.fromEntries(tables.map((table) => [`${templateDataSource}/${table.id}`, table])),
    components: [],
    eventActions: [],
    user: actor.kind === 'user' ? { id: actor.id, email: actor.email, name: actor.name, roles: [...view.roles] } : null,
    rows: await sampleRows(template, { user: userValue(actor) ?? '', now }),
  };
}

async function sampleRows(
  template: Template,
  surroundings: { readonly user: string; readonly now: number },
): Promise<Record<string, readonly Row[]>> {
  const stored = new Map(template.tables.map(({ name }) => [name, new Array<Record<string, Row[string]>>()]));
  const described = new Map(describeTemplateTables(template.tables).map((table) => [table.name, table]));
  await storeSampleRows(template, surroundings, {
    create: async (table, rows) => {
      const list = stored.get(table) ?? [];
      return rows.map((row) => {
        const id = list.length + 1;
        const filled = (described.get(table)?.columns ?? []).map(({ name, meaning, defaultValue = null }) => [
          name,
          row[name] ?? filledIn(meaning, { ...surroundings, id }) ?? (Object.hasOwn(row, name) ? null : defaultValue),
        ]);
        list.push({ ...Object.fromEntries(filled), id });
        return id;
      });
    },
    update: async (table, changes) => {
      for (const { id, values } of changes) Object.assign(stored.get(table)?.[Number(id) - 1] ?? {}, values);
    },
  });
  return Object.fromEntries(stored);
}

/** What the server writes into columns that nobody fills. */
function filledIn(
  meaning: ColumnMeaning | undefined,
  { id, now, user }: { readonly id: number; readonly now: number; readonly user: string },
): Row[string] | undefined {
  switch (meaning) {
    case 'autoNumber':
      return id;
    case 'createdAt':
    case 'updatedAt':
      return new Date(now).toISOString();
    case 'createdBy':
    case 'updatedBy':
      return user;
    default:
      return undefined;
  }
}
