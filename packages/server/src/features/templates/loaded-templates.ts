import type { Problem, Result } from '@fettle/base';
import type { ExtensionCatalog } from '@fettle/definition';
import { loadTemplate, type Template, type TemplateFiles } from '@fettle/template';
import { readTemplateFolder } from '@fettle/template/folder';

type Loaded = Result<Template, readonly Problem[]>;

interface Known {
  readonly files: TemplateFiles;
  readonly catalog: ExtensionCatalog;
  readonly loaded: Loaded;
}

/**
 * Loads templates from their folders. Checking an app takes much longer than reading its files, so what was checked is
 * kept for as long as the files say the same.
 */
export function createLoadedTemplates(): (folder: string, catalog: ExtensionCatalog) => Promise<Loaded> {
  const known = new Map<string, Known>();
  return async (folder, catalog) => {
    const files = await readTemplateFolder(folder);
    const before = known.get(folder);
    if (before?.catalog === catalog && isSame(before.files, files)) return before.loaded;
    const loaded = loadTemplate(files, { catalog });
    known.set(folder, { files, catalog, loaded });
    return loaded;
  };
}

function isSame(a: TemplateFiles, b: TemplateFiles): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}
