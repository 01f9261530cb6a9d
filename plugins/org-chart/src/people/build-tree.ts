import { valueText, type Row } from '@fettle/sdk';

/** Which columns hold what. */
export interface PeopleColumns {
  readonly key: string;
  readonly manager: string | undefined;
  readonly name: string;
  readonly detail: string | undefined;
}

/** Somebody in the tree, with those who report to them. */
export interface Person {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  readonly row: Row;
  readonly reports: readonly Person[];
  /** All below them. */
  readonly size: number;
}

/** A person without whom nothing above them is known, and where they stand in the tree. */
export interface PlacedPerson {
  readonly person: Person;
  readonly level: number;
  readonly parent: string | undefined;
  readonly position: number;
  readonly siblings: number;
}

/**
 * Makes the tree of rows, in their order. At its top stand those without a manager among the rows, and one person of
 * each circle, since somebody must.
 */
export function buildTree(rows: readonly Row[], columns: PeopleColumns): readonly Person[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const key = valueText(row[columns.key]);
    if (key !== '' && !byKey.has(key)) byKey.set(key, row);
  }
  const managerOf = (key: string): string | undefined => {
    const manager = columns.manager === undefined ? '' : valueText(byKey.get(key)?.[columns.manager]);
    return manager !== '' && manager !== key && byKey.has(manager) ? manager : undefined;
  };
  const tops = new Set([...byKey.keys()].filter((key) => managerOf(key) === undefined));
  for (const key of byKey.keys()) breakCircle(key, managerOf, tops);
  const reports = new Map<string, string[]>();
  for (const key of byKey.keys()) {
    const manager = tops.has(key) ? undefined : managerOf(key);
    if (manager !== undefined) reports.set(manager, [...(reports.get(manager) ?? []), key]);
  }
  const personOf = (key: string): Person => {
    const row = byKey.get(key) ?? {};
    const below = (reports.get(key) ?? []).map(personOf);
    return {
      key,
      name: valueText(row[columns.name]) || key,
      detail: columns.detail === undefined ? '' : valueText(row[columns.detail]),
      row,
      reports: below,
      size: below.reduce((sum, { size }) => sum + size + 1, 0),
    };
  };
  return [...byKey.keys()].filter((key) => tops.has(key)).map(personOf);
}

// Whoever goes up from a person comes to the top, or to somebody they have met: that one becomes a top.
function breakCircle(start: string, managerOf: (key: string) => string | undefined, tops: Set<string>): void {
  const met = new Set<string>();
  let key: string | undefined = start;
  while (key !== undefined && !tops.has(key)) {
    if (met.has(key)) {
      tops.add(key);
      return;
    }
    met.add(key);
    key = managerOf(key);
  }
}

/** Everybody who can be seen, from top to bottom as the keyboard goes. */
export function visiblePeople(tops: readonly Person[], open: ReadonlySet<string>): readonly PlacedPerson[] {
  const found: PlacedPerson[] = [];
  const visit = (list: readonly Person[], level: number, parent: string | undefined): void => {
    list.forEach((person, index) => {
      found.push({ person, level, parent, position: index + 1, siblings: list.length });
      if (open.has(person.key)) visit(person.reports, level + 1, person.key);
    });
  };
  visit(tops, 1, undefined);
  return found;
}

/** Keys of those who are open when only so many levels show. */
export function openToLevel(tops: readonly Person[], levels: number): ReadonlySet<string> {
  const open = new Set<string>();
  const visit = (list: readonly Person[], level: number): void => {
    if (level >= levels) return;
    for (const { key, reports } of list) {
      if (reports.length > 0) open.add(key);
      visit(reports, level + 1);
    }
  };
  visit(tops, 1);
  return open;
}

/** Who matches a search, in the order of the tree, and everybody above them. */
export function findPeople(
  tops: readonly Person[],
  search: string,
): { readonly matches: readonly string[]; readonly above: ReadonlySet<string> } {
  const wanted = search.trim().toLocaleLowerCase();
  const matches: string[] = [];
  const above = new Set<string>();
  const visit = (person: Person, path: readonly string[]): void => {
    if (`${person.name} ${person.detail}`.toLocaleLowerCase().includes(wanted)) {
      matches.push(person.key);
      for (const key of path) above.add(key);
    }
    for (const report of person.reports) visit(report, [...path, person.key]);
  };
  if (wanted !== '') for (const top of tops) visit(top, []);
  return { matches, above };
}
