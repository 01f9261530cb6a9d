import type { Json } from '@fettle/base';
import { checkSchema, parameterSchema, type Parameter } from '@fettle/definition';
import type { StepLog } from '@fettle/flow';
import type { Answerer, WaitRow } from '../flows/waits.store.ts';

/** What an approval asks, as its step said when it was opened. */
export interface ApprovalRequest {
  readonly title: string;
  readonly message?: string;
  readonly assignees: readonly string[];
  /** Who is asked as well when nobody answers in time, level by level; `durationMs` absent: as long as those before. */
  readonly escalations: readonly EscalationLevel[];
  readonly fields: readonly Json[];
  /** Who was asked, in words. */
  readonly asked?: readonly string[];
  /** Names that mean nobody. */
  readonly unknown?: readonly string[];
  /** The levels that have been asked: when, and whom, in words. */
  readonly escalated?: readonly { readonly at: number; readonly to: readonly string[] }[];
}

/** One level of an escalation. */
export interface EscalationLevel {
  readonly to: readonly string[];
  readonly durationMs?: number;
}

/** As it was stored before there were levels. */
interface OldRequest {
  readonly escalateTo?: readonly string[];
  readonly escalatedTo?: readonly string[];
}

/** Reads a request of the store. */
export function requestOf(row: Pick<WaitRow, 'request'> & Partial<Pick<WaitRow, 'escalated_at'>>): ApprovalRequest {
  const {
    title = '',
    assignees = [],
    escalateTo = [],
    escalatedTo = [],
    escalations = escalateTo.length === 0 ? [] : [{ to: escalateTo }],
    escalated = typeof row.escalated_at === 'number' ? [{ at: row.escalated_at, to: escalatedTo }] : [],
    fields = [],
    ...rest
  } = JSON.parse(row.request) as Partial<ApprovalRequest> & OldRequest;
  return { ...rest, title, assignees, escalations, escalated, fields };
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
  const { asked = [], unknown = [], escalated = [] } = requestOf(row);
  const lines: StepLog[] = [];
  const add = (at: number, level: StepLog['level'], message: string): void => void lines.push({ at, level, message });
  if (asked.length > 0) add(row.opened_at, 'info', `Asked: ${asked.join(', ')}.`);
  if (unknown.length > 0) add(row.opened_at, 'warn', `Nobody is known as ${unknown.join(', ')}.`);
  for (const { at, to } of escalated)
    add(at, 'warn', `Nobody answered in time. Asked as well: ${to.join(', ') || 'nobody'}.`);
  if (row.answered_at !== null) {
    const by = row.answered_by === null ? null : (JSON.parse(row.answered_by) as Answerer);
    const { approved } = JSON.parse(row.answer ?? '{}') as { readonly approved?: boolean };
    add(row.answered_at, 'info', `${approved === true ? 'Approved' : 'Refused'} by ${answererInWords(by)}.`);
  }
  return lines;
}
