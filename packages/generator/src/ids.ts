import { createShortId } from '@fettle/base';

/** Makes ids of a kind, e.g. `cmp_…`. Tests give one that counts. */
export type IdMaker = (prefix: string) => string;

/** Random ids: two generated apps never share one. */
export const randomIds: IdMaker = (prefix) => createShortId(prefix);

/** Ids that count up: the same input gives the same app. */
export function countingIds(): IdMaker {
  let count = 0;
  return (prefix) => {
    count += 1;
    return `${prefix}_${count.toString(36).padStart(4, '0')}`;
  };
}
