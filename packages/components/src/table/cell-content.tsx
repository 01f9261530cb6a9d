import { IconCheck, IconX } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { isWebAddress, type Row } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import {
  filesOf,
  formatDate,
  formatDateTime,
  formatNumber,
  formatTime,
  formatValue,
  plainText,
  type FormatOptions,
} from '../inputs/format-value.ts';
import { cellValue, type TableColumn } from './table-column.ts';
import classes from './cell-content.module.css';

const titleFrom = 18;
const longestText = 400;

/** What a cell shows for a row. */
export const CellContent = memo(function CellContent(props: {
  readonly column: TableColumn;
  readonly row: Row;
}): ReactNode {
  const { column, row } = props;
  const host = useHost();
  const value = cellValue(column, row);
  if (value === null || value === undefined || value === '') {
    return (
      <span className={classes.nothing} aria-label="Empty">
        –
      </span>
    );
  }
  const options = formatOptions(column, host);
  const content = renderFormat(column, value, row, options, (file) => host.data.fileUrl(file));
  return content ?? <Plain text={formatValue(column.kind, value, options)} />;
});

/** The cell's content as one line of text: for titles, copies and cards. */
export function cellText(column: TableColumn, row: Row, where: Pick<FormatOptions, 'locale' | 'timeZone'>): string {
  const value = cellValue(column, row);
  if (value === null || value === undefined) return '';
  const options = formatOptions(column, where);
  const text = typeof value === 'string' ? value : plainText(value);
  if (column.format === 'date') return formatDate(text, options);
  if (column.format === 'datetime') return formatDateTime(text, options);
  if (['number', 'currency', 'percent'].includes(column.format)) return formatNumber(value, options) ?? text;
  return formatValue(column.kind, value, options);
}

function formatOptions(column: TableColumn, where: Pick<FormatOptions, 'locale' | 'timeZone'>): FormatOptions {
  const { setting, format } = column;
  return {
    locale: where.locale,
    timeZone: where.timeZone,
    useGrouping: column.useGrouping,
    ...(setting?.decimals === undefined ? {} : { decimals: setting.decimals }),
    ...(format === 'currency' ? { currency: setting?.currency ?? 'EUR' } : {}),
    ...(format === 'percent' ? { isPercent: true } : {}),
  };
}

function renderFormat(
  column: TableColumn,
  value: unknown,
  row: Row,
  options: FormatOptions,
  fileUrl: (file: ReturnType<typeof filesOf>[number]) => string,
): ReactNode {
  const text = plainText(value);
  switch (column.format) {
    case 'number':
    case 'currency':
    case 'percent': {
      const shown = formatNumber(value, options);
      return shown === undefined ? undefined : <span className={classes.number}>{shown}</span>;
    }
    case 'date':
      return <span className={classes.number}>{formatDate(text, options)}</span>;
    case 'datetime':
      return <span className={classes.number}>{formatDateTime(text, options)}</span>;
    case 'time':
      return <span className={classes.number}>{formatTime(text, options)}</span>;
    case 'boolean':
      return <YesNo value={value} />;
    case 'badge':
      return (Array.isArray(value) ? value : [value]).map((item) => (
        <Badge key={plainText(item)} column={column} text={plainText(item)} />
      ));
    case 'email':
      return <Link href={`mailto:${text}`} text={text} />;
    case 'link':
      return <Link href={addressOf(column, row, value)} text={text} />;
    case 'image':
      return <Picture address={addressOf(column, row, value)} label={column.label} />;
    case 'json':
      return (
        <code className={classes.code} title={text.slice(0, longestText)}>
          {text.slice(0, longestText)}
        </code>
      );
    case 'file':
      return filesOf(value).map((file) => <Link key={file.id} href={fileUrl(file)} text={file.name} />);
    default:
      return typeof column.setting?.link === 'function' ? (
        <Link href={addressOf(column, row, value)} text={formatValue(column.kind, value, options)} />
      ) : undefined;
  }
}

function Plain({ text }: { readonly text: string }) {
  const shown = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  return <span {...(text.length > titleFrom ? { title: text.slice(0, 2000) } : {})}>{shown}</span>;
}

function YesNo({ value }: { readonly value: unknown }) {
  const isYes = value === true || value === 1 || value === '1' || value === 'true';
  const Icon = isYes ? IconCheck : IconX;
  return (
    <span className={classes.yesNo} data-yes={isYes || undefined}>
      <Icon size={14} aria-hidden />
      {isYes ? 'Yes' : 'No'}
    </span>
  );
}

function Badge({ column, text }: { readonly column: TableColumn; readonly text: string }) {
  const rule = column.setting?.badges?.find((badge) => badge.value === text);
  return (
    <span className={classes.badge} data-tone={rule?.tone ?? 'neutral'}>
      {rule?.label === undefined || rule.label === '' ? text : rule.label}
    </span>
  );
}

function addressOf(column: TableColumn, row: Row, value: unknown): string {
  const link = column.setting?.link as unknown;
  const given =
    typeof link === 'function' ? (link as (scope: { row: Row; value: unknown }) => unknown)({ row, value }) : undefined;
  return plainText(given === undefined || given === null || given === '' ? value : given);
}

// Only web, mail and own addresses become links: `javascript:` and its kin stay text.
function isSafeAddress(address: string): boolean {
  return isWebAddress(address) || /^(mailto:|tel:|\/(?!\/))/i.test(address);
}

function Link({ href, text }: { readonly href: string; readonly text: string }) {
  if (!isSafeAddress(href)) return <Plain text={text} />;
  const isOutside = isWebAddress(href);
  return (
    <a
      className={classes.link}
      href={href}
      title={text}
      tabIndex={-1}
      onClick={(event) => event.stopPropagation()}
      {...(isOutside ? { target: '_blank', rel: 'noreferrer' } : {})}
    >
      {text}
    </a>
  );
}

function Picture({ address, label }: { readonly address: string; readonly label: string }) {
  if (!isSafeAddress(address)) return <Plain text={address} />;
  return <img className={classes.image} src={address} alt={label} loading="lazy" referrerPolicy="no-referrer" />;
}
