import { isJsonObject, type Problem } from '@fettle/base';
import type { TSchema } from 'typebox';
import type { App } from '../app.ts';
import { pointer } from '../json-pointer.ts';
import { accessSchema } from '../kinds/access.ts';
import { appDocumentSchema } from '../kinds/app.ts';
import { flowSchema } from '../kinds/flow.ts';
import { flowTestSchema } from '../kinds/flow-test.ts';
import { querySchema } from '../kinds/query.ts';
import { themeSchema } from '../kinds/theme.ts';
import { checkSchema } from '../load/check-schema.ts';
import { guardJson } from '../load/guard-json.ts';
import { changedKeys } from './changed-keys.ts';
import { checkScreenChange } from './check-screen-change.ts';
import { checkFlowSteps } from './flow-steps.ts';
import { checkFlowTestMocks } from './flow-tests.ts';
import { idsMatchKeys } from './ids-match-keys.ts';
import { documentCounts } from './limits.ts';
import { navigation } from './navigation.ts';
import { roles } from './roles.ts';
import { routes } from './routes.ts';
import { documentNames, parameterNames, stateNames, uniqueIds } from './unique-names.ts';

/**
 * What a change of a valid app has broken: schemas and invariants of the parts that differ by identity, and nothing
 * else. It finds all that `checkInvariants` and the schemas would find, in the time of the change instead of the app.
 */
export function checkChange(before: App, after: App): readonly Problem[] {
  const misshapen = checkShape(after);
  if (misshapen.length > 0) return misshapen;
  const problems = [
    ...(before.app === after.app ? [] : checkAppDocument(after)),
    ...(before.access === after.access ? [] : checkAccess(after)),
    ...(before.theme === after.theme ? [] : checkDocument(themeSchema, after.theme, '/theme')),
    ...checkScreens(before, after),
    ...checkListed(before, after, 'queries'),
    ...checkListed(before, after, 'flows'),
    ...checkListed(before, after, 'flowTests'),
  ];
  return problems.length === 0 && stateHasChanged(before, after) ? uniqueIds(after) : problems;
}

const members: ReadonlySet<string> = new Set([
  'app',
  'screens',
  'queries',
  'flows',
  'flowTests',
  'access',
  'theme',
  'extensions',
]);

/** The outermost shape, which no document's schema covers. */
function checkShape(after: App): readonly Problem[] {
  const stray = Object.keys(after).find((key) => !members.has(key));
  if (stray !== undefined) {
    return [{ path: pointer('', stray), code: 'schema.unknown-key', message: `"${stray}" does not belong here.` }];
  }
  const list = (['screens', 'queries', 'flows', 'flowTests'] as const).find((key) => !isJsonObject(after[key]));
  if (list !== undefined)
    return [{ path: `/${list}`, code: 'schema.type', message: `"${list}" must be an object: id → document.` }];
  if (after.extensions === undefined) return [];
  const areVersions =
    isJsonObject(after.extensions) &&
    Object.entries(after.extensions).every(
      ([key, version]) => /^(?:component|event-action):./.test(key) && Number.isSafeInteger(version) && version > 1,
    );
  return areVersions
    ? []
    : [{ path: '/extensions', code: 'app.versions', message: 'These are no versions of extension types.' }];
}

/** A document against its schema, and as plain JSON at its depth in the app. */
function checkDocument(schema: TSchema, document: unknown, path: string): readonly Problem[] {
  const unsafe = guardJson(document, path, path.split('/').length - 1);
  return unsafe.length > 0 ? unsafe : checkSchema(schema, document, path);
}

function checkAppDocument(after: App): readonly Problem[] {
  const problems = checkDocument(appDocumentSchema, after.app, '/app');
  return problems.length > 0 ? problems : [...navigation(after), ...stateNames(after.app.state, '/app/state')];
}

function checkAccess(after: App): readonly Problem[] {
  const problems = checkDocument(accessSchema, after.access, '/access');
  return problems.length > 0 ? problems : roles(after);
}

function checkScreens(before: App, after: App): readonly Problem[] {
  if (before.screens === after.screens) return [];
  const changed = changedKeys(before.screens, after.screens);
  const problems = changed.flatMap((id) => checkScreenChange(id, before.screens[id], after.screens[id]));
  if (problems.length > 0) return problems;
  const isListChanged = changed.some((id) => {
    const [old, screen] = [before.screens[id], after.screens[id]];
    return old?.name !== screen?.name || old?.route !== screen?.route || old?.id !== screen?.id;
  });
  if (!isListChanged) return [];
  return [...documentCounts(after), ...idsMatchKeys(after), ...documentNames(after, 'screens'), ...routes(after)];
}

/** Of each listed kind: its schema, and what its schema cannot say of one document. */
const listed = {
  queries: { schema: querySchema, check: (app: App, id: string) => checkOne(app.queries[id], parameterNames) },
  flows: { schema: flowSchema, check: (app: App, id: string) => checkOne(app.flows[id], checkFlowSteps) },
  flowTests: {
    schema: flowTestSchema,
    check: (app: App, id: string) => checkOne(app.flowTests[id], checkFlowTestMocks),
  },
} as const;

function checkOne<T>(document: T | undefined, check: (document: T) => readonly Problem[]): readonly Problem[] {
  return document === undefined ? [] : check(document);
}

function checkListed(before: App, after: App, kind: keyof typeof listed): readonly Problem[] {
  if (before[kind] === after[kind]) return [];
  const { schema, check } = listed[kind];
  const problems = changedKeys(before[kind], after[kind]).flatMap((id) => {
    const found = checkDocument(schema, after[kind][id], pointer(`/${kind}`, id));
    return found.length > 0 ? found : check(after, id);
  });
  if (problems.length > 0) return problems;
  return [...documentCounts(after), ...idsMatchKeys(after), ...documentNames(after, kind)];
}

function stateHasChanged(before: App, after: App): boolean {
  if (before.app !== after.app) return true;
  return Object.keys(after.screens).some((id) => before.screens[id]?.state !== after.screens[id]?.state);
}
