import {
  IconAt,
  IconBinary,
  IconBraces,
  IconBrackets,
  IconCalendar,
  IconCalendarTime,
  IconClock,
  IconDecimal,
  IconFingerprint,
  IconLink,
  IconList,
  IconNumber123,
  IconPaperclip,
  IconQuestionMark,
  IconSquareCheck,
  IconTextSize,
  IconLetterT,
  IconUser,
} from '@tabler/icons-react';
import type { ColumnMeaning, ColumnType } from '@fettle/sdk';

const typeIcons: Readonly<Record<ColumnType, typeof IconAt>> = {
  text: IconLetterT,
  longText: IconTextSize,
  integer: IconNumber123,
  decimal: IconDecimal,
  number: IconDecimal,
  boolean: IconSquareCheck,
  date: IconCalendar,
  time: IconClock,
  datetime: IconCalendarTime,
  timestamp: IconCalendarTime,
  json: IconBraces,
  enum: IconList,
  array: IconBrackets,
  uuid: IconFingerprint,
  binary: IconBinary,
  unknown: IconQuestionMark,
};

const meaningIcons: Readonly<Partial<Record<ColumnMeaning, typeof IconAt>>> = {
  email: IconAt,
  url: IconLink,
  select: IconList,
  multiSelect: IconList,
  user: IconUser,
  createdBy: IconUser,
  updatedBy: IconUser,
  attachment: IconPaperclip,
};

const typeTitles: Readonly<Record<ColumnType, string>> = {
  text: 'Text',
  longText: 'Long text',
  integer: 'Whole number',
  decimal: 'Decimal number',
  number: 'Floating point number',
  boolean: 'Yes or no',
  date: 'Date',
  time: 'Time of day',
  datetime: 'Date and time, no zone',
  timestamp: 'Instant',
  json: 'JSON',
  enum: 'One of a list',
  array: 'List',
  uuid: 'UUID',
  binary: 'Binary data',
  unknown: 'Unknown type',
};

const meaningTitles: Readonly<Record<ColumnMeaning, string>> = {
  email: 'E-mail',
  url: 'Web address',
  select: 'One of a list',
  multiSelect: 'Several of a list',
  user: 'Person',
  attachment: 'Files',
  autoNumber: 'Running number',
  createdAt: 'Created at',
  createdBy: 'Created by',
  updatedAt: 'Changed at',
  updatedBy: 'Changed by',
};

/** What a column holds in words: by what it means, else by its type. */
export function typeTitle(type: ColumnType, meaning?: ColumnMeaning): string {
  return meaning === undefined ? typeTitles[type] : meaningTitles[meaning];
}

/** The icon of a column: by what it means, else by its type. */
export function ColumnIcon(props: {
  readonly type: ColumnType;
  readonly meaning?: ColumnMeaning | undefined;
  readonly size?: number;
}) {
  const Icon = (props.meaning === undefined ? undefined : meaningIcons[props.meaning]) ?? typeIcons[props.type];
  return <Icon size={props.size ?? 14} aria-label={typeTitle(props.type, props.meaning)} />;
}
