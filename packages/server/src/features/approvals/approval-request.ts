import type { Json } from '@fettle/base';
import { checkSchema, parameterSchema, type Parameter } from '@fettle/definition';
import type { StepLog } from '@fettle/flow';
import type { Answerer, WaitRow } from '../flows/waits.store.ts';

/** What an approval asks, as its step said when it was opened. */
export interface ApprovalRequest {
  readonly title: string;
  readonly message?: string;
  readonly assignees: readonly string[];
  readonly escalateTo: readonly string[];
  readonly fields: readonly Json[];
  /** Who was asked, in words. */
  readonly asked?: readonly string[];
  /** Names that mean nobody. */
  readonly unknown?: readonly string[];
  readonly escalatedTo?: readonly string[];
}

/** Reads a request of the store. */
export function requestOf(row: Pick<WaitRow, 'request'>): ApprovalRequest {
  const {
    title = '',
    assignees = [],
    escalateTo = [],
    fields = [],
    ...rest
  } = JSON.parse(row.request) as Partial<ApprovalRequest>;
  return { ...rest, title, assignees, escalateTo, fields };
}

/** What is to be filled in; what cannot be read as a field is none. */
export function fieldsOf(row: Pick<WaitRow, 'request'>): Parameter[] {
  const fields: unknown = requestOf(row).fields;
  return Array.isArray(fields)
    ? fields.filter((field): field is Parameter => checkSchema(parameterSchema, field, '').length === 0)
    : [];
}

/** Who answers, in words. */
export function answererInWords(by: Answerer | null): string {
  if (by === null) return 'whoever has its link';
  return by.via === 'account' ? by.name : `whoever has the link that was sent to ${by.email}`;
}

/** What has become of an approval, for the journal of its run. */
export function historyOf(row: WaitRow): readonly StepLog[] {
  const { asked = [], unknown = [], escalatedTo = [] } = requestOf(row);
  const lines: StepLog[] = [];
  const add = (at: number, level: StepLog['level'], message: string): void => void lines.push({ at, level, message });
  if (asked.length > 0) add(row.opened_at, 'info', `Asked: ${asked.join(', ')}.`);
  if (unknown.length > 0) add(row.opened_at, 'warn', `Nobody is known as ${unknown.join(', ')}.`);
  if (row.escalated_at !== null)
    add(row.escalated_at, 'warn', `Nobody answered in time. Asked as well: ${escalatedTo.join(', ') || 'nobody'}.`);
  if (row.answered_at !== null) {
    const by = row.answered_by === null ? null : (JSON.parse(row.answered_by) as Answerer);
    const { approved } = JSON.parse(row.answer ?? '{}') as { readonly approved?: boolean };
    add(row.answered_at, 'info', `${approved === true ? 'Approved' : 'Refused'} by ${answererInWords(by)}.`);
  }
  return lines;
}
