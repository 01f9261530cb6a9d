import type { ColumnDescription, ColumnType } from '@fettle/sdk';

/** What a declared type says: SQLite takes any text there, so well-known names count first, then its affinity rules. */
export function typeOfDeclared(
  declared: string,
): Pick<ColumnDescription, 'type' | 'maxLength' | 'precision' | 'scale'> {
  const text = declared.toUpperCase();
  const name = text.replace(/\(.*$/, '').trim();
  const [first, second] = (/\(([^)]*)\)/.exec(text)?.[1] ?? '').split(',').map((part) => Number.parseInt(part, 10));
  const length = first !== undefined && Number.isFinite(first) ? { maxLength: first } : {};
  if (/^(?:BOOL|BOOLEAN|BIT)$/.test(name) || text.startsWith('TINYINT(1)')) return { type: 'boolean' };
  if (/^TIMESTAMP|^DATETIME ?TZ|WITH TIME ZONE/.test(name)) return { type: 'timestamp' };
  if (/^(?:DATETIME|SMALLDATETIME)/.test(name)) return { type: 'datetime' };
  if (name === 'DATE') return { type: 'date' };
  if (name === 'TIME') return { type: 'time' };
  if (/^JSONB?$/.test(name)) return { type: 'json' };
  if (/^(?:UUID|GUID|UNIQUEIDENTIFIER)$/.test(name)) return { type: 'uuid' };
  if (/DEC|NUMERIC|MONEY|NUMBER/.test(name)) {
    const scale = second !== undefined && Number.isFinite(second) ? { scale: second } : {};
    return {
      type: 'decimal',
      ...(first !== undefined && Number.isFinite(first) ? { precision: first } : {}),
      ...scale,
    };
  }
  return { type: byAffinity(name), ...(/CHAR/.test(name) ? length : {}) };
}

function byAffinity(name: string): ColumnType {
  if (name.includes('INT')) return 'integer';
  if (name.includes('CLOB') || name.includes('TEXT')) return 'longText';
  if (name.includes('CHAR') || name.includes('STRING')) return 'text';
  if (name.includes('BLOB') || name.includes('BINARY')) return 'binary';
  if (/REAL|FLOA|DOUB/.test(name)) return 'number';
  return 'text';
}
