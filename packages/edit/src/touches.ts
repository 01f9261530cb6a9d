import type { App } from '@fettle/definition';
import { definitionOf, singlesOf, type Command } from './command-table.ts';

/**
 * Places of the document a command reads or writes. With the app it is applied to, places that follow from the app
 * are named too (what is inside a removed component, where a moved one came from).
 */
export function touches(command: Command, app?: App): readonly string[] {
  return [...new Set(singlesOf(command).flatMap((single) => definitionOf(single).touches(single, app)))];
}

/** Whether a command made for an older revision can be applied on top of what came since. */
export type RebaseVerdict =
  | { readonly clean: true }
  | {
      readonly clean: false;
      /** Places that both sides touch. */
      readonly places: readonly string[];
    };

/**
 * Compares a command with the commands applied since the revision it was made for. Clean: they commute, so it may be
 * applied on top (which still refuses it when what it is about is gone). Otherwise the caller answers 409. `app` is
 * the app the stale command was made for, where it is at hand.
 */
export function rebase(command: Command, since: readonly Command[], app?: App): RebaseVerdict {
  const own = touches(command, app);
  const others = since.flatMap((other) => touches(other, app));
  const places = own.filter((place) => others.some((other) => overlaps(place, other)));
  return places.length === 0 ? { clean: true } : { clean: false, places };
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
