import { isJsonObject } from '@fettle/base';
import type { Query } from '@fettle/definition';
import {
  compileTemplate,
  createScope,
  loadLibrary,
  parseTemplate,
  type KnownNames,
  type LibraryDefinitions,
  type Template,
} from '@fettle/expression';
import type { RuntimeHandle } from '@fettle/runtime';
import { libraryOf, type FunctionManifest } from '@fettle/sdk';
import { functionHelp, type FunctionHelp } from './plugin-functions.ts';

/** A name that can be completed, with its value where one is known. */
export interface WorldMember {
  readonly name: string;
  readonly value: unknown;
  /** The type when it is known without a value. */
  readonly type?: string;
}

/** What completion looks into. */
export interface ExpressionWorld {
  /** Names at the start of an expression. */
  names(): readonly WorldMember[];
  /** Members of what an expression gives. */
  members(source: string): readonly WorldMember[];
  /** Functions that can be called besides the standard ones. */
  readonly functions: readonly FunctionHelp[];
}

interface WorldParts {
  readonly handle: Pick<RuntimeHandle, 'evaluate' | 'getScope'> | undefined;
  readonly component: string | undefined;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly known: KnownNames | undefined;
  readonly queries: Readonly<Record<string, Query>>;
  readonly functions?: readonly FunctionManifest[];
}

/** Most members that are offered of one value. */
const mostMembers = 300;

/** The world of one component's expressions: live values first, what the app's definition says where there are none. */
export function createWorld(parts: WorldParts): ExpressionWorld {
  const { handle, component, extra, known, queries, functions = [] } = parts;
  const library = libraryOf(functions);
  const valueOf = (source: string): unknown => {
    const template = parseTemplate(`{{ ${source} }}`);
    if (!template.ok) return undefined;
    try {
      if (handle === undefined) return evaluateOn(template.value, extra, library);
      return handle.evaluate(component, template.value, extra).value;
    } catch {
      return undefined;
    }
  };
  return {
    functions: functionHelp(functions),
    names() {
      const names = new Set([...Object.keys(extra), ...Object.keys(known ?? {})]);
      for (const name of handle?.getScope(component, extra).names() ?? []) names.add(name);
      return [...names].map((name) => ({ name, value: Object.hasOwn(extra, name) ? extra[name] : undefined }));
    },
    members(source) {
      const found = new Map<string, WorldMember>();
      for (const member of columnMembers(source, queries)) found.set(member.name, member);
      for (const name of knownMembers(source, known)) found.set(name, { name, value: undefined });
      for (const member of membersOf(valueOf(source))) found.set(member.name, member);
      return [...found.values()].slice(0, mostMembers);
    },
  };
}

/** The own members of a value; those of the first item for `list[0]` come from evaluating that. */
export function membersOf(value: unknown): readonly WorldMember[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([name, member]) => ({ name, value: member }));
}

function knownMembers(source: string, known: KnownNames | undefined): readonly string[] {
  if (!/^[\w$]+(\.[\w$]+)*$/.test(source)) return [];
  let current: true | KnownNames | undefined = known;
  for (const name of source.split('.')) {
    if (current === undefined || current === true) return [];
    current = Object.hasOwn(current, name) ? current[name] : undefined;
  }
  return current === undefined || current === true ? [] : Object.keys(current);
}

/** `queries.list.data[0]` has the result's columns, also before it has run. */
function columnMembers(source: string, queries: Readonly<Record<string, Query>>): readonly WorldMember[] {
  const match = /^queries\.([\w$]+)\.data(\[\d+\]|\?\.\[\d+\])$/.exec(source);
  const query = match === null ? undefined : Object.values(queries).find(({ name }) => name === match[1]);
  return (query?.result ?? []).map(({ name, type }) => ({ name, value: undefined, type }));
}

/** What a text with bindings gives with these values and functions alone. Throws when it fails on them. */
export function evaluateOn(
  template: Template,
  values: Readonly<Record<string, unknown>>,
  functions?: LibraryDefinitions,
): unknown {
  return compileTemplate(template)(createScope(values), { functions: loadLibrary(functions) });
}
