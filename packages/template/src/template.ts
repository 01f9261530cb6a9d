import type { Json } from '@fettle/base';
import type { App, AppFiles } from '@fettle/definition';
import type { TemplateAbout } from './format/about-schema.ts';
import type { TemplateTable } from './format/tables-schema.ts';

/** The data source that the app of a template names: the workspace's internal tables take its place. */
export const templateDataSource = 'ds_internal';

/** A row as it stands in `rows/<table>.json`: values, and marks that are filled in when it is installed. */
export type TemplateRow = Readonly<Record<string, Json>>;

/** The files of a template folder: path → text. Without screenshots and README. */
export type TemplateFiles = Readonly<Record<string, string>>;

/** A template: an app with its tables, sample rows and what the gallery says of it. */
export interface Template {
  readonly about: TemplateAbout;
  readonly tables: readonly TemplateTable[];
  /** By table. */
  readonly rows: Readonly<Record<string, readonly TemplateRow[]>>;
  readonly app: App;
  /** The app's files as they stand in the folder. */
  readonly appFiles: AppFiles;
}
