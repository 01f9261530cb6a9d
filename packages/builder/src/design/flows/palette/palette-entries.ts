import type { TablerIcon } from '@tabler/icons-react';
import type { FlowActionManifest } from '@fettle/sdk';
import { matchesSearch } from '../../../home/matches-search.ts';
import type { PaletteChoice } from '../edit/new-step.ts';
import { stepKinds } from '../kinds/step-kinds.ts';

/** Something that can be put into a flow. */
export interface PaletteEntry {
  /** Unique: `step:branch`, `action:core/log`. */
  readonly id: string;
  readonly choice: PaletteChoice;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly words: readonly string[];
  /** The name of an icon, or the icon itself. */
  readonly icon: string | TablerIcon;
  readonly tone: string;
}

/** Entries under their heading. */
export interface PaletteGroup {
  readonly category: string;
  readonly entries: readonly PaletteEntry[];
}

/** Everything that can be put into a flow: actions by category as their package orders them, then what controls the flow. */
export function paletteEntries(actions: readonly FlowActionManifest[]): readonly PaletteEntry[] {
  return [
    ...actions.map((manifest): PaletteEntry => ({
      id: `action:${manifest.id}`,
      choice: { kind: 'action', type: manifest.id },
      title: manifest.title,
      description: manifest.description,
      category: manifest.category,
      words: manifest.keywords ?? [],
      icon: manifest.icon,
      tone: 'action',
    })),
    ...stepKinds.map((info): PaletteEntry => ({
      id: `step:${info.id}`,
      choice: { kind: 'step', id: info.id },
      title: info.title,
      description: info.description,
      category: info.category,
      words: info.keywords,
      icon: info.Icon,
      tone: info.kind === 'wait' ? 'wait' : info.kind === 'stop' || info.kind === 'return' ? 'end' : 'control',
    })),
  ];
}

/** The entries that match a search, under their headings. Those whose title begins with it come first in their group. */
export function findEntries(entries: readonly PaletteEntry[], search: string): readonly PaletteGroup[] {
  const word = search.trim().toLowerCase();
  const groups = new Map<string, PaletteEntry[]>();
  for (const entry of entries) {
    if (!matchesSearch(search.trim(), [entry.title, entry.description, entry.category, ...entry.words])) continue;
    groups.set(entry.category, [...(groups.get(entry.category) ?? []), entry]);
  }
  const rank = (entry: PaletteEntry): number => (entry.title.toLowerCase().startsWith(word) ? 0 : 1);
  const found = [...groups].map(([category, members]) => ({
    category,
    entries: word === '' ? members : members.toSorted((a, b) => rank(a) - rank(b)),
  }));
  if (word === '') return found;
  // With a search the best hit stands first, whatever its heading.
  return found.toSorted((a, b) => Math.min(...a.entries.map(rank)) - Math.min(...b.entries.map(rank)));
}
