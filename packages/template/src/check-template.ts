import type { Problem } from '@fettle/base';
import { checkFiles, dataSourcesOf, saveApp, type ExtensionCatalog } from '@fettle/definition';
import { describeTemplateTables } from './describe-tables.ts';
import type { TemplateTable } from './format/tables-schema.ts';
import { checkRows } from './rows/check-rows.ts';
import { templateDataSource, type Template } from './template.ts';

/** Something wrong in the folder of a template. `path` is the file and a JSON pointer into it. */
export interface TemplateProblem extends Problem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly hint?: string;
}

/** Everything wrong with a template that can be said without installing it. */
export function checkTemplate(template: Template, catalog: ExtensionCatalog): readonly TemplateProblem[] {
  const tables = describeTemplateTables(template.tables);
  const inApp = checkFiles(template.appFiles, { catalog, sources: { [templateDataSource]: tables } });
  return [
    ...asErrors(checkTables(template.tables)),
    ...asErrors(checkRows(template)),
    ...inApp.map((problem) => ({ ...problem, path: `app/${problem.path}` })),
    ...asErrors(checkForm(template)),
    ...asErrors(checkSources(template)),
    ...asErrors(checkScreenshots(template)),
  ];
}

function asErrors(problems: readonly Problem[]): readonly TemplateProblem[] {
  return problems.map((problem) => ({ ...problem, severity: 'error' }));
}

function checkTables(tables: readonly TemplateTable[]): readonly Problem[] {
  const names = new Set(tables.map(({ name }) => name));
  const seen = new Set<string>();
  return tables.flatMap((table, index) => {
    const path = `tables.json#/tables/${index}`;
    const problems: Problem[] = [];
    if (seen.has(table.name.toLowerCase()))
      problems.push({ path: `${path}/name`, code: 'tables.name', message: `"${table.name}" stands twice.` });
    seen.add(table.name.toLowerCase());
    const columns = new Set(['id']);
    for (const [place, field] of table.fields.entries()) {
      const at = `${path}/fields/${place}`;
      const refuse = (member: string, message: string): void =>
        void problems.push({ path: `${at}/${member}`, code: 'tables.field', message });
      if (columns.has(field.name.toLowerCase())) refuse('name', `There is already a column "${field.name}".`);
      columns.add(field.name.toLowerCase());
      const isChoice = field.type === 'select' || field.type === 'multiSelect';
      if (isChoice !== (field.options !== undefined))
        refuse('options', 'Columns with a choice, and only they, have options.');
      if ((field.type === 'relation') !== (field.target !== undefined))
        refuse('target', 'Relation columns, and only they, have a target.');
      if (field.target !== undefined && !names.has(field.target))
        refuse('target', `There is no table "${field.target}".`);
    }
    return problems;
  });
}

/** What the folder holds is what an export of the installed app would give: byte for byte. */
function checkForm({ app, appFiles }: Template): readonly Problem[] {
  const canonical = saveApp(app);
  return Object.keys({ ...appFiles, ...canonical }).flatMap((path) =>
    appFiles[path] === canonical[path]
      ? []
      : [
          {
            path: `app/${path}`,
            code: 'app.form',
            message: 'This is not how the file is written. `pnpm templates --format` writes it so.',
          },
        ],
  );
}

function checkSources({ app }: Template): readonly Problem[] {
  const others = dataSourcesOf(app).filter((id) => id !== templateDataSource);
  const isRest = (id: string): boolean => Object.values(app.queries).every((query) => query.dataSource !== id);
  const sql = Object.values(app.queries).filter(
    ({ kind, dataSource }) => kind === 'sql' && dataSource === templateDataSource,
  );
  return [
    ...others.filter(isRest).map((id) => ({
      path: 'app',
      code: 'app.data-source',
      message: `The app names the data source "${id}"; tables of a template are in "${templateDataSource}".`,
    })),
    ...sql.map(({ name }) => ({
      path: `app/queries/${name}.json#/kind`,
      code: 'app.sql',
      message: 'A template has no SQL of its own: its tables may be renamed where it is installed.',
    })),
  ];
}

function checkScreenshots({ about, app }: Template): readonly Problem[] {
  const names = new Set(Object.values(app.screens).map(({ name }) => name));
  return about.screenshots.flatMap(({ screen }, index) =>
    names.has(screen)
      ? []
      : [
          {
            path: `template.json#/screenshots/${index}/screen`,
            code: 'screenshots.screen',
            message: `The app has no screen "${screen}".`,
          },
        ],
  );
}
