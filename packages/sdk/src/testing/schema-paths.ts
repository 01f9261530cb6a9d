import type { SettingHint } from '../manifest/manifest.ts';

/** The parts of a JSON Schema that the checks of manifests read. */
export interface PlainSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, PlainSchema>>;
  readonly patternProperties?: Readonly<Record<string, PlainSchema>>;
  readonly additionalProperties?: PlainSchema | boolean;
  readonly items?: PlainSchema;
  readonly anyOf?: readonly PlainSchema[];
  readonly ui?: SettingHint;
}

/** The properties of an object schema; of a union of objects, those of all its members. */
export function propertiesOf(schema: unknown): Readonly<Record<string, PlainSchema>> {
  const plain = schema as PlainSchema;
  const parts = (plain.anyOf ?? []).map(propertiesOf);
  return Object.assign({}, ...parts, plain.properties) as Readonly<Record<string, PlainSchema>>;
}

/** True when a path of `uses` (`fields/*\/relation`) leads somewhere in the settings schema. */
export function hasSettingPath(schema: unknown, path: string): boolean {
  let current: PlainSchema | undefined = schema as PlainSchema;
  for (const part of path.split('/')) {
    if (current === undefined) return false;
    if (part === '@keys') return recordValues(current) !== undefined;
    current = part === '*' ? (current.items ?? recordValues(current)) : propertiesOf(current)[part];
  }
  return current !== undefined;
}

function recordValues(schema: PlainSchema): PlainSchema | undefined {
  const [pattern] = Object.values(schema.patternProperties ?? {});
  if (pattern !== undefined) return pattern;
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}
