import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { Notice, Question } from './app-store.ts';

/** A notice on the screen. */
export interface ShownNotice extends Notice {
  readonly id: number;
}

/** A question that waits for its answer. */
export interface OpenQuestion extends Question {
  readonly answer: (isYes: boolean) => void;
}

/** What the app says to the person: notices that go by themselves, and one question at a time. */
export interface Messages {
  readonly notices: ReadonlySignal<readonly ShownNotice[]>;
  readonly question: ReadonlySignal<OpenQuestion | undefined>;
  notify(notice: Notice): void;
  dismiss(id: number): void;
  confirm(question: Question): Promise<boolean>;
}

const mostNotices = 4;

/** Makes an empty set of messages. */
export function createMessages(): Messages {
  const notices = signal<readonly ShownNotice[]>([]);
  const question = signal<OpenQuestion | undefined>(undefined);
  let count = 0;
  return {
    notices,
    question,
    notify(notice) {
      count += 1;
      // The same message twice is one message.
      const others = notices.peek().filter(({ text, kind }) => text !== notice.text || kind !== notice.kind);
      notices.value = [...others, { ...notice, id: count }].slice(-mostNotices);
    },
    dismiss(id) {
      notices.value = notices.peek().filter((notice) => notice.id !== id);
    },
    confirm: (asked) =>
      new Promise((resolve) => {
        question.peek()?.answer(false);
        question.value = {
          ...asked,
          answer: (isYes) => {
            question.value = undefined;
            resolve(isYes);
          },
        };
      }),
  };
}
