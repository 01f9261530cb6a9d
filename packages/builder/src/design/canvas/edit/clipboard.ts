import { createShortId, isJsonObject, uniqueName } from '@fettle/base';
import { checkSchema, componentSchema, type Component, type Screen } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import { subtreeIds, type TreePlace } from './tree.ts';

/** Components on the clipboard, as text: they can be pasted into another app or window. */
interface Clip {
  readonly format: 'fettle/components';
  readonly roots: readonly string[];
  readonly components: Readonly<Record<string, Component>>;
}

/** Puts components with everything in them on the clipboard. */
export async function copyComponents(screen: Screen, ids: readonly string[]): Promise<void> {
  const inside = new Set(ids.flatMap((id) => subtreeIds(screen, id).slice(1)));
  const roots = ids.filter((id) => !inside.has(id));
  const components = Object.fromEntries(
    roots.flatMap((id) => subtreeIds(screen, id)).map((id) => [id, screen.components[id] as Component]),
  );
  const clip: Clip = { format: 'fettle/components', roots, components };
  await navigator.clipboard.writeText(JSON.stringify(clip));
}

/** What is on the clipboard, when it is components of ours. */
export async function readClipboard(): Promise<Clip | undefined> {
  const text = await navigator.clipboard.readText().catch(() => '');
  return parseClip(text);
}

/** Reads a clip out of text that may be anything. */
export function parseClip(text: string): Clip | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value) || value['format'] !== 'fettle/components') return undefined;
    const { roots, components } = value;
    if (!Array.isArray(roots) || !isJsonObject(components)) return undefined;
    const isSound = Object.values(components).every(
      (component) => checkSchema(componentSchema, component, '').length === 0,
    );
    return isSound && roots.every((id) => typeof id === 'string' && Object.hasOwn(components, id))
      ? (value as unknown as Clip)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The command that adds a clip under new ids and free names. References among the copied components follow. */
export function pasteCommand(
  screen: Screen,
  clip: Clip,
  place: TreePlace,
): { readonly command: Command; readonly roots: readonly string[] } | undefined {
  const ids = new Map(Object.keys(clip.components).map((id) => [id, createShortId('cmp')]));
  const names = new Set(Object.values(screen.components).map((component) => component.name));
  const renamed = new Map<string, string>();
  for (const component of Object.values(clip.components)) {
    const name = uniqueName(component.name, (candidate) => names.has(candidate));
    names.add(name);
    renamed.set(component.name, name);
  }
  // Ids are long and random: replacing them in the text finds each reference and nothing else.
  let text = JSON.stringify(clip.components);
  for (const [old, id] of ids) text = text.replaceAll(`"${old}"`, `"${id}"`);
  for (const [old, name] of renamed) {
    if (old !== name) text = text.replaceAll(new RegExp(`\\bcomponents\\.${old}\\b`, 'g'), `components.${name}`);
  }
  const components = JSON.parse(text) as Record<string, Component>;
  const roots = clip.roots.map((id) => ids.get(id) ?? id);
  const commands = roots.map((root, offset): Extract<Command, { type: 'component.add' }> => {
    const own = collect(components, root);
    return {
      type: 'component.add',
      screen: screen.id,
      parent: place.parent,
      slot: place.slot,
      index: place.index + offset,
      root,
      components: Object.fromEntries(
        own.map((id) => {
          const component = components[id] as Component;
          return [id, { ...component, name: renamed.get(component.name) ?? component.name }];
        }),
      ),
    };
  });
  const [first] = commands;
  if (first === undefined) return undefined;
  return { command: commands.length === 1 ? first : { type: 'batch', commands }, roots };
}

function collect(components: Readonly<Record<string, Component>>, id: string): readonly string[] {
  const component = components[id];
  if (component === undefined) return [];
  return [
    id,
    ...Object.values(component.slots ?? {}).flatMap((children) =>
      children.flatMap((child) => collect(components, child)),
    ),
  ];
}
