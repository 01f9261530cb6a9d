import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Grant } from '@fettle/access';
import { AppError, notFound, type Problem } from '@fettle/base';
import type { Environment, InstallUnderWay, TemplateCard, TemplateDetails, TemplatePreview } from '@fettle/contract';
import { templateCategories, type Template } from '@fettle/template';
import { listScreenshots, listTemplateFolders } from '@fettle/template/folder';
import type { CatalogOf } from '../../extensions/workspace-extensions.ts';
import { workspaceIdOf } from '../../grants.ts';
import { describeCard, describeTemplate } from './describe-template.ts';
import { previewTemplate } from './preview-template.ts';
import { createLoadedTemplates } from './loaded-templates.ts';
import { listInstalls } from './installs.store.ts';
import { installTemplate, type InstallMeans, type Installed } from './install-template.ts';

/** What the service is made of. */
export interface TemplatesOptions extends InstallMeans {
  /** Where the templates lie; without it there are none. Only read from. */
  readonly folder: string | undefined;
  readonly catalogOf: CatalogOf;
}

const environmentsOf: Readonly<Record<'none' | 'development' | 'everywhere', readonly Environment[]>> = {
  none: [],
  development: ['development'],
  everywhere: ['development', 'production'],
};

/** Templates that come with the installation. */
export class Templates {
  readonly #options: TemplatesOptions;
  readonly #load = createLoadedTemplates();

  constructor(options: TemplatesOptions) {
    this.#options = options;
  }

  /** All of them, by category and name. One that cannot be read is left out, and the log says why. */
  async list(grant: Grant): Promise<TemplateCard[]> {
    const { folder, log } = this.#options;
    const cards: TemplateCard[] = [];
    for (const id of folder === undefined ? [] : await listTemplateFolders(folder)) {
      try {
        const { template, pictures } = await this.#find(grant, id);
        cards.push(describeCard(template.about, pictures));
      } catch (error) {
        log.warn({ err: error, template: id }, 'A template cannot be read and is left out');
      }
    }
    const rank = ({ category }: TemplateCard): number => (templateCategories as readonly string[]).indexOf(category);
    return cards.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en'));
  }

  async read(grant: Grant, id: string): Promise<TemplateDetails> {
    const { template, pictures } = await this.#find(grant, id);
    return describeTemplate(template, pictures);
  }

  /** A picture of a screen. Only names that were found in the folder are opened. */
  async screenshot(id: string, file: string): Promise<Readable> {
    const folder = await this.#folderOf(id);
    if (!(await listScreenshots(folder)).has(file))
      throw notFound({ code: 'template.no-screenshot', message: 'There is no such picture.' });
    return createReadStream(join(folder, 'screenshots', file));
  }

  /** The app of a template on its sample rows, as a role sees it. */
  async preview(grant: Grant, id: string, role = 'admin'): Promise<TemplatePreview> {
    const { template } = await this.#find(grant, id);
    const catalog = this.#options.catalogOf(workspaceIdOf(grant));
    return previewTemplate(template, { catalog, actor: grant.actor, role, now: this.#options.clock.now() });
  }

  /** Those that are being installed in a workspace, and how far each is. */
  async installs(grant: Grant): Promise<InstallUnderWay[]> {
    const rows = await listInstalls(this.#options.database.knex, workspaceIdOf(grant));
    return rows.map((row) => ({
      template: row.template,
      name: row.name,
      step: row.step,
      startedAt: new Date(Number(row.started_at)).toISOString(),
      ...(row.environment === null ? {} : { environment: row.environment }),
      ...(row.watch_key === null ? {} : { watchKey: row.watch_key }),
    }));
  }

  async install(
    grant: Grant,
    id: string,
    given: {
      readonly name?: string;
      readonly sampleRows: 'none' | 'development' | 'everywhere';
      readonly watchKey?: string | undefined;
      readonly signal: AbortSignal;
    },
  ): Promise<Installed & { readonly needs: Template['about']['needs'] }> {
    const { template } = await this.#find(grant, id);
    const { about } = template;
    const { signal, watchKey } = given;
    const installed = await installTemplate(this.#options, {
      grant,
      template,
      name: given.name ?? about.name,
      environments: environmentsOf[given.sampleRows],
      watchKey,
      signal,
    });
    return { ...installed, needs: about.needs };
  }

  async #find(
    grant: Grant,
    id: string,
  ): Promise<{ readonly template: Template; readonly pictures: ReadonlySet<string> }> {
    const folder = await this.#folderOf(id);
    const catalog = this.#options.catalogOf(workspaceIdOf(grant));
    const loaded = await this.#load(folder, catalog);
    if (!loaded.ok) throw damaged(id, loaded.error);
    return { template: loaded.value, pictures: await listScreenshots(folder) };
  }

  async #folderOf(id: string): Promise<string> {
    const { folder } = this.#options;
    if (folder !== undefined && (await listTemplateFolders(folder)).includes(id)) return join(folder, id);
    throw notFound({
      code: 'template.unknown',
      message: 'There is no such template here.',
      hint: 'Choose one of the gallery.',
    });
  }
}

function damaged(id: string, problems: readonly Problem[]): AppError {
  const [first] = problems;
  return new AppError('unavailable', {
    code: 'template.damaged',
    message: `The template "${id}" cannot be used: ${first?.path ?? ''}: ${first?.message ?? ''}`,
    hint: 'Restore the files of this installation; `pnpm templates` names everything that is wrong.',
    problems: problems.slice(0, 50),
  });
}
