import { createShortId, nameFromLabel, uniqueName } from '@fettle/base';
import type { Component, Screen } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import type { ComponentManifest, StarterComponent } from '@fettle/sdk';

/** The command that adds a new component with its starter content, and the id it gets. */
export function insertComponent(options: {
  readonly screen: Screen;
  readonly type: string;
  readonly place: { readonly parent: string; readonly slot: string; readonly index: number };
  readonly manifests: readonly ComponentManifest[];
  readonly settings?: Readonly<Record<string, unknown>>;
}): { readonly command: Command; readonly root: string } | undefined {
  const { screen, type, place, manifests } = options;
  const names = new Set(Object.values(screen.components).map((component) => component.name));
  const components: Record<string, Component> = {};
  const make = (starter: StarterComponent): string | undefined => {
    const manifest = manifests.find((candidate) => candidate.id === starter.type);
    if (manifest === undefined) return undefined;
    const id = createShortId('cmp');
    const name = uniqueName(nameFromLabel(manifest.title, 'component'), (candidate) => names.has(candidate));
    names.add(name);
    const slots = Object.fromEntries(
      Object.entries(starter.slots ?? manifest.starter ?? {}).map(([slot, children]) => [
        slot,
        children.map(make).filter((child) => child !== undefined),
      ]),
    );
    const layout = starter.layout ?? manifest.defaultLayout;
    components[id] = {
      type: manifest.id,
      name,
      settings: { ...starter.settings },
      ...(layout === undefined ? {} : { layout }),
      ...(Object.keys(slots).length === 0 ? {} : { slots }),
    };
    return id;
  };
  const root = make({ type, ...(options.settings === undefined ? {} : { settings: options.settings }) });
  if (root === undefined) return undefined;
  return {
    root,
    command: {
      type: 'component.add',
      screen: screen.id,
      parent: place.parent,
      slot: place.slot,
      index: place.index,
      root,
      components,
    },
  };
}
