import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  builtInCatalog,
  checkTemplate,
  listScreenshots,
  loadTemplate,
  readTemplateFolder,
  saveApp,
  type Template,
} from '@fettle/testing';

/** A template with what is wrong with it, as far as its folder tells. */
export interface CheckedFolder {
  readonly template: Template | undefined;
  readonly problems: readonly string[];
}

/** Checks the folder of a template without installing it. */
export async function checkFolder(
  folder: string,
  options: { readonly needsScreenshots?: boolean } = {},
): Promise<CheckedFolder> {
  const loaded = loadTemplate(await readTemplateFolder(folder), { catalog: builtInCatalog });
  if (!loaded.ok) {
    const problems = loaded.error.map(({ path, message }) => `${path}: ${message}`);
    return { template: undefined, problems };
  }
  const template = loaded.value;
  const problems = checkTemplate(template, builtInCatalog).map(
    ({ path, message, hint }) => `${path}: ${message}${hint === undefined ? '' : ` ${hint}`}`,
  );
  if (template.about.id !== basename(folder))
    problems.push(
      `template.json#/id: The folder is called "${basename(folder)}", the template "${template.about.id}".`,
    );
  if (options.needsScreenshots === true) {
    const pictures = await listScreenshots(folder);
    for (const { screen } of template.about.screenshots)
      for (const size of ['desktop', 'phone'])
        if (!pictures.has(`${screen}-${size}.jpg`))
          problems.push(`screenshots/${screen}-${size}.jpg: It is missing. \`pnpm templates --screenshots\` takes it.`);
  }
  return { template, problems };
}

/** Writes the files of a template's app as an export would: byte for byte. */
export async function formatFolder(folder: string): Promise<void> {
  const loaded = loadTemplate(await readTemplateFolder(folder), { catalog: builtInCatalog });
  if (!loaded.ok) return;
  for (const [path, text] of Object.entries(saveApp(loaded.value.app)))
    if (loaded.value.appFiles[path] !== text) await writeFile(join(folder, 'app', path), text);
}
