import type { Json } from '@fettle/base';
import type { ColumnType } from '@fettle/sdk';

/** Turns PostgreSQL's text of a value into its wire form. */
export type WireParser = (text: string) => Json;

const asText: WireParser = (text) => text;

const asInteger: WireParser = (text) => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
};

/** NaN and the infinities have no JSON number. */
const asNumber: WireParser = (text) => {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
};

const asBoolean: WireParser = (text) => text === 't';
const asJson: WireParser = (text) => JSON.parse(text) as Json;
const asBase64: WireParser = (text) => Buffer.from(text.slice(2), 'hex').toString('base64');

/** `2026-01-31 14:30:00.5` → `2026-01-31T14:30:00.5`. `infinity` and years before Christ stay as they are. */
const asDatetime: WireParser = (text) => (text.charCodeAt(10) === 32 ? `${text.slice(0, 10)}T${text.slice(11)}` : text);

/** Sessions run in UTC, so the zone is always `+00`. Milliseconds are always written; more digits when there are. */
const asTimestamp: WireParser = (text) => {
  if (text.charCodeAt(10) !== 32 || !text.endsWith('+00')) return text;
  const fraction = text.length > 22 ? text.slice(20, -3).padEnd(3, '0') : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
};

/** A parser of the elements of `{…}`. */
export function arrayParser(item: WireParser): WireParser {
  return (text) => {
    const start = text.indexOf('{');
    return start === -1 ? text : new ArrayReader(text, start, item).read();
  };
}

class ArrayReader {
  readonly #text: string;
  readonly #item: WireParser;
  #position: number;

  constructor(text: string, start: number, item: WireParser) {
    this.#text = text;
    this.#position = start;
    this.#item = item;
  }

  read(): Json[] {
    const items: Json[] = [];
    this.#position += 1;
    for (;;) {
      const next = this.#text[this.#position];
      if (next === undefined || next === '}') break;
      if (next === ',') this.#position += 1;
      else if (next === '{') items.push(this.read());
      else if (next === '"') items.push(this.#item(this.#readQuoted()));
      else items.push(this.#readPlain());
    }
    this.#position += 1;
    return items;
  }

  #readQuoted(): string {
    let value = '';
    this.#position += 1;
    for (let next = this.#text[this.#position]; next !== undefined && next !== '"'; next = this.#text[this.#position]) {
      if (next === '\\') this.#position += 1;
      value += this.#text[this.#position] ?? '';
      this.#position += 1;
    }
    this.#position += 1;
    return value;
  }

  #readPlain(): Json {
    const start = this.#position;
    while (this.#position < this.#text.length && !',}'.includes(this.#text[this.#position] ?? '}')) this.#position += 1;
    const value = this.#text.slice(start, this.#position);
    return value === 'NULL' ? null : this.#item(value);
  }
}

/** Type numbers of PostgreSQL's catalogue that never change: the element, its array, the column type, the parser. */
const builtIns: readonly (readonly [oid: number, array: number, type: ColumnType, parser: WireParser])[] = [
  [16, 1000, 'boolean', asBoolean],
  [17, 1001, 'binary', asBase64],
  [18, 1002, 'text', asText],
  [19, 1003, 'text', asText],
  [20, 1016, 'integer', asInteger],
  [21, 1005, 'integer', asInteger],
  [23, 1007, 'integer', asInteger],
  [25, 1009, 'longText', asText],
  [26, 1028, 'integer', asInteger],
  [114, 199, 'json', asJson],
  [700, 1021, 'number', asNumber],
  [701, 1022, 'number', asNumber],
  [1042, 1014, 'text', asText],
  [1043, 1015, 'text', asText],
  [1082, 1182, 'date', asText],
  [1083, 1183, 'time', asText],
  [1114, 1115, 'datetime', asDatetime],
  [1184, 1185, 'timestamp', asTimestamp],
  [1266, 1270, 'unknown', asText],
  [1700, 1231, 'decimal', asText],
  [2950, 2951, 'uuid', asText],
  [3802, 3807, 'json', asJson],
];

const parsers = new Map<number, WireParser>(
  builtIns.flatMap(([oid, array, , parser]) => [
    [oid, parser],
    [array, arrayParser(parser)],
  ]),
);

const typesByOid = new Map<number, ColumnType>(
  builtIns.flatMap(([oid, array, type]): [number, ColumnType][] => [
    [oid, type],
    [array, 'array'],
  ]),
);

/** The driver asks here how to read a column of a result. */
export const wireTypes = {
  getTypeParser: (oid: number): WireParser => parsers.get(oid) ?? asText,
};

/** The column type of a type number, for results of custom queries. Enums and extension types come out as text. */
export function typeOfOid(oid: number): ColumnType {
  return typesByOid.get(oid) ?? 'text';
}
