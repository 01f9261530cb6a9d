import { labelFromName } from '@fettle/base';

/** `invoice_lines` becomes `Invoice lines`; names in capitals or camel case as well. */
export function titleOf(name: string): string {
  const bare = name.replace(/^(tbl|t|vw|v)_/i, '');
  return labelFromName(/^[A-Z0-9_]+$/.test(bare) ? bare.toLowerCase() : bare) || name;
}

/** A column's label: `department_id` names the department, `is_active` asks "Active". */
export function columnLabel(name: string): string {
  const title = titleOf(name).replace(/ id$/i, '').replace(/^Is /i, '');
  const label = title.charAt(0).toUpperCase() + title.slice(1);
  return label === ''
    ? name
    : acronyms.reduce((text, word) => text.replace(new RegExp(`\\b${word}\\b`, 'gi'), word), label);
}

const acronyms = ['ID', 'URL', 'IP', 'VAT', 'SLA', 'SKU', 'UUID'];

/** One of several: `Tickets` becomes `Ticket`, `Categories` becomes `Category`. English only; others stay. */
export function singular(title: string): string {
  const irregular = [...irregulars].find(([plural]) => title.toLowerCase().endsWith(plural));
  if (irregular !== undefined) return matchCase(title, irregular[0], irregular[1]);
  if (/[^aeiou]ies$/i.test(title)) return title.replace(/ies$/i, 'y');
  if (/(ss|sh|ch|x|z)es$/i.test(title)) return title.replace(/es$/i, '');
  if (/(ss|us|is|news|series)$/i.test(title)) return title;
  return title.replace(/([^s])s$/i, '$1');
}

const irregulars: ReadonlyMap<string, string> = new Map([
  ['people', 'person'],
  ['children', 'child'],
  ['statuses', 'status'],
  ['addresses', 'address'],
  ['data', 'data'],
]);

function matchCase(title: string, plural: string, single: string): string {
  const start = title.length - plural.length;
  const isUpper = /[A-Z]/.test(title.charAt(start));
  return title.slice(0, start) + (isUpper ? single.charAt(0).toUpperCase() + single.slice(1) : single);
}

const iconHints: readonly (readonly [RegExp, string])[] = [
  [/ticket|issue|incident|case/, 'ticket'],
  [/comment|message|note|remark/, 'message'],
  [/people|person|user|employee|contact|customer|member|artist|patient|student|staff/, 'users'],
  [/department|team|group|org/, 'hierarchy'],
  [/location|site|office|address|city|country|region/, 'map-pin'],
  [/vendor|supplier|compan|account|client|partner/, 'building-store'],
  [/laptop|asset|device|equipment|hardware|machine/, 'device-laptop'],
  [/software|licen|program/, 'license'],
  [/change|release|version/, 'arrows-exchange'],
  [/invoice|bill|receipt/, 'receipt'],
  [/payment|transaction|expense|price|cost/, 'cash'],
  [/order|purchase|cart|sale/, 'shopping-cart'],
  [/product|item|part|stock|article/, 'package'],
  [/track|song|album|playlist|music/, 'music'],
  [/genre|categor|tag|type|label/, 'tag'],
  [/media|file|document|attachment/, 'file'],
  [/project|task|todo|job/, 'checklist'],
  [/event|meeting|appointment|booking|reservation|schedule/, 'calendar'],
  [/vehicle|car|truck|shipment|delivery/, 'truck'],
  [/log|audit|histor/, 'history'],
];

/** An icon for a table by its name. */
export function iconFor(name: string): string {
  const lower = name.toLowerCase();
  return iconHints.find(([pattern]) => pattern.test(lower))?.[1] ?? 'table';
}
