import type { Json, JsonObject } from '@fettle/base';
import type { App } from '../app.ts';
import { byName, canonicalDocument, canonicalScreen, storedHeader } from './canonical.ts';

/** An app as a folder: path → canonical JSON text. What stands in version control. */
export type AppFiles = Readonly<Record<string, string>>;

/** Writes an app as files. Equal apps give equal bytes, and a change of one label is a difference of one line. */
export function saveApp(app: App): AppFiles {
  const files: Record<string, string> = {
    'app.json': text({ ...storedHeader(app), ...canonicalDocument(app.app) }),
    'access.json': text(canonicalDocument(app.access)),
    'theme.json': text(canonicalDocument(app.theme)),
  };
  for (const screen of byName(app.screens)) files[`screens/${screen.name}.json`] = text(canonicalScreen(screen));
  for (const query of byName(app.queries)) files[`queries/${query.name}.json`] = text(canonicalDocument(query));
  for (const flow of byName(app.flows)) files[`flows/${flow.name}.json`] = text(canonicalDocument(flow));
  for (const test of byName(app.flowTests)) files[`flow-tests/${test.name}.json`] = text(canonicalDocument(test));
  return files;
}

/** An app as one JSON document with format and versions, in canonical order: what the metadata store keeps. */
export function appToJson(app: App): JsonObject {
  return {
    ...storedHeader(app),
    app: canonicalDocument(app.app),
    screens: Object.fromEntries(byName(app.screens).map((screen) => [screen.id, canonicalScreen(screen)])),
    queries: Object.fromEntries(byName(app.queries).map((query) => [query.id, canonicalDocument(query)])),
    flows: Object.fromEntries(byName(app.flows).map((flow) => [flow.id, canonicalDocument(flow)])),
    // A list that came later is written only when there is something in it: what was stored before keeps its bytes.
    ...(Object.keys(app.flowTests).length === 0
      ? {}
      : { flowTests: Object.fromEntries(byName(app.flowTests).map((test) => [test.id, canonicalDocument(test)])) }),
    access: canonicalDocument(app.access),
    theme: canonicalDocument(app.theme),
  };
}

function text(document: Json): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
