import type { Json } from '@fettle/base';
import type { ListRequest, ListResult, QueryResult } from '@fettle/sdk';
import type { TablePlace } from '@fettle/sdk/react';

/** What a screen asks of the server while it is rendered for the first time: reads only. */
export type FirstQuestion =
  | {
      readonly kind: 'list';
      readonly dataSource: string;
      readonly table: string;
      readonly request: Omit<ListRequest, 'table'>;
    }
  | { readonly kind: 'query'; readonly query: string; readonly parameters: Readonly<Record<string, Json>> };

/** A question with the server's reply, as its route answers it. */
export interface FirstAnswer {
  readonly question: FirstQuestion;
  readonly reply: unknown;
}

/**
 * Replies that are there before the first rendering: they came with the page. Only that first rendering uses them;
 * whatever is asked later is asked of the server.
 */
export interface FirstAnswers {
  list(place: TablePlace, request: Omit<ListRequest, 'table'>): ListResult | undefined;
  query(query: string, parameters: Readonly<Record<string, Json>>): QueryResult | undefined;
  /** Forgets all replies: from now on they may be older than what the person sees elsewhere. */
  drop(): void;
}

/** Makes answers of what is known. `onMissing` is told of every question without one, once each. */
export function createFirstAnswers(
  answers: readonly FirstAnswer[],
  onMissing?: (question: FirstQuestion) => void,
): FirstAnswers {
  const replies = new Map(answers.map(({ question, reply }) => [keyOf(question), reply]));
  const missing = new Set<string>();
  const find = (question: FirstQuestion): unknown => {
    const key = keyOf(question);
    const reply = replies.get(key);
    if (reply === undefined && onMissing !== undefined && !missing.has(key)) {
      missing.add(key);
      onMissing(question);
    }
    return reply;
  };
  return {
    list: ({ dataSource, table }, request) =>
      find({ kind: 'list', dataSource, table, request }) as ListResult | undefined,
    query: (query, parameters) => find({ kind: 'query', query, parameters }) as QueryResult | undefined,
    drop: () => replies.clear(),
  };
}

// The same code asks in the browser and on the server, so that equal questions have equal texts.
function keyOf(question: FirstQuestion): string {
  return question.kind === 'list'
    ? JSON.stringify([question.dataSource, question.table, question.request])
    : JSON.stringify([question.query, question.parameters]);
}
