import { isJsonObject, type Problem } from '@fettle/base';
import { idSchema, pointer } from '@fettle/definition';

// What Type.Record of the SDK writes, which every text matches.
const recordPatterns = new Set(['^.*$', '^(.*)$']);
// The ids that settings of the SDK hold, such as those of data sources: it takes linear time.
const { pattern: idPattern } = idSchema as { readonly pattern?: unknown };
const refused: Readonly<Record<string, string>> = {
  pattern:
    'Patterns of plugins could keep the server busy. Use "format", "enum" or "maxLength", or check in your code.',
  $ref: 'Write the schema out where it is used.',
  $dynamicRef: 'Write the schema out where it is used.',
  $id: 'Schemas of settings have no names of their own.',
  $defs: 'Write the schema out where it is used.',
  propertyNames: 'Names of properties cannot be checked by a schema.',
};

/**
 * What schemas of plugins must not hold: the server and the browser check values with them, so they may not be able to
 * keep these busy, or point elsewhere.
 */
export function schemaProblems(schema: unknown, path: string): readonly Problem[] {
  if (Array.isArray(schema)) return schema.flatMap((item, index) => schemaProblems(item, `${path}/${index}`));
  if (!isJsonObject(schema)) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const place = pointer(path, key);
    if (key === 'properties' && isJsonObject(value)) {
      return Object.entries(value).flatMap(([name, property]) => schemaProblems(property, pointer(place, name)));
    }
    if (key === 'default' || key === 'examples' || key === 'enum' || key === 'const' || key === 'ui') return [];
    if (key === 'patternProperties' && isJsonObject(value)) {
      return Object.entries(value).flatMap(([pattern, property]) =>
        recordPatterns.has(pattern)
          ? schemaProblems(property, pointer(place, pattern))
          : [{ path: pointer(place, pattern), code: 'plugin.schema', message: refused['pattern'] as string }],
      );
    }
    if (key === 'pattern' && value === idPattern) return [];
    const complaint = Object.hasOwn(refused, key) ? refused[key] : undefined;
    if (complaint !== undefined) return [{ path: place, code: 'plugin.schema', message: `"${key}": ${complaint}` }];
    return schemaProblems(value, place);
  });
}
