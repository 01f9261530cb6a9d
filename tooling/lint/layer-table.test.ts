import { describe, expect, it } from 'vitest';
import { complaintAboutImport, layerTable, placeOf } from './layer-table.ts';
import { complaintAboutFileName } from './rules/file-name.ts';

const at = (path: string) => {
  const place = placeOf(path);
  if (place === undefined) throw new Error(path);
  return place;
};

describe('layers', () => {
  it('lets a package import the packages below it', () => {
    expect(complaintAboutImport(at('packages/server/src/compose.ts'), '@fettle/access')).toBeUndefined();
  });

  it('refuses an import upwards', () => {
    expect(complaintAboutImport(at('packages/base/src/ids.ts'), '@fettle/definition')).toMatch(/imports go down only/);
  });

  it('refuses built-in extensions in the server: only the composition root names them', () => {
    expect(complaintAboutImport(at('packages/server/src/compose.ts'), '@fettle/connectors')).toMatch(/may not import/);
  });

  it('refuses files of another package behind its entry', () => {
    expect(complaintAboutImport(at('packages/server/src/a.ts'), '@fettle/base/src/ids.ts')).toMatch(/entry/);
    expect(complaintAboutImport(at('packages/server/src/a.ts'), '../../base/src/ids.ts')).toMatch(/leaves the package/);
  });

  it('keeps Express and Knex in their places', () => {
    expect(complaintAboutImport(at('packages/server/src/http/mount.ts'), 'express')).toBeUndefined();
    expect(complaintAboutImport(at('packages/server/src/features/apps/apps.service.ts'), 'knex')).toMatch(/Only/);
    expect(complaintAboutImport(at('packages/server/src/features/apps/apps.store.ts'), 'knex')).toBeUndefined();
  });

  it('lets tests use the testing package', () => {
    expect(complaintAboutImport(at('packages/server/src/a.test.ts'), '@fettle/testing')).toBeUndefined();
    expect(complaintAboutImport(at('packages/server/src/a.ts'), '@fettle/testing')).toMatch(/may not/);
  });

  it('only lists lower layers', () => {
    for (const [name, rule] of Object.entries(layerTable.packages)) {
      if (rule.mayImport === '*') continue;
      for (const other of rule.mayImport) {
        const below = layerTable.packages[other];
        expect(below, `${name} → ${other}`).toBeDefined();
        expect(below!.layer <= rule.layer, `${name} → ${other}`).toBe(true);
      }
    }
  });
});

describe('file names', () => {
  it('asks for kebab case', () => {
    expect(complaintAboutFileName('src/http/errorResponse.ts')).toMatch(/kebab/);
    expect(complaintAboutFileName('src/http/error-response.ts')).toBeUndefined();
    expect(complaintAboutFileName('src/features/apps/apps.store.test.ts')).toBeUndefined();
  });

  it('refuses names that tell no job', () => {
    expect(complaintAboutFileName('src/utils/dates.ts')).toMatch(/does not tell the job/);
  });
});
