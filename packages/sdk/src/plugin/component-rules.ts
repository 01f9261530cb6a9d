import { isJsonObject, type Problem } from '@fettle/base';
import { pointer } from '@fettle/definition';
import type { ComponentManifest } from '../manifest/component.ts';
import { schemaProblems } from './setting-schema-rules.ts';

/** What components of plugins must keep to, so that they work in a frame as they do in the page. */
export function componentProblems(manifest: ComponentManifest, path: string): readonly Problem[] {
  const { settings, exposes, events, placeholder } = manifest;
  const problems: Problem[] = deferredProblems(settings, `${path}/settings`);
  if (placeholder?.setting !== undefined && !Object.hasOwn(settings.properties ?? {}, placeholder.setting))
    problems.push({
      path: `${path}/placeholder/setting`,
      code: 'plugin.manifest',
      message: `There is no setting "${placeholder.setting}".`,
    });
  for (const [name, schema] of Object.entries(exposes))
    problems.push(...schemaProblems(schema, pointer(`${path}/exposes`, name)));
  events.forEach(({ payload }, index) => {
    if (payload !== undefined) problems.push(...schemaProblems(payload, `${path}/events/${index}/payload`));
  });
  return problems;
}

/** Settings that need names known only when they are used: the code of a plugin cannot evaluate them. */
export function deferredProblems(schema: unknown, path: string): Problem[] {
  if (Array.isArray(schema)) return schema.flatMap((item, index) => deferredProblems(item, `${path}/${index}`));
  if (!isJsonObject(schema)) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'default' || key === 'examples' || key === 'enum' || key === 'const') return [];
    if (key !== 'ui') return deferredProblems(value, pointer(path, key));
    if (!isJsonObject(value) || value['deferred'] === undefined) return [];
    return [
      {
        path: `${path}/ui/deferred`,
        code: 'plugin.manifest',
        message: 'Settings of plugins are evaluated before their code gets them: take columns by name instead.',
      },
    ];
  });
}
