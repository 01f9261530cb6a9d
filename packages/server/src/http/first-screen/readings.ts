import type { RenderQuestion } from './render-protocol.ts';

/** A question with its reply as JSON. */
export interface Reading {
  readonly question: RenderQuestion;
  readonly reply: string;
}

/** What is read for one page, each question once. */
export interface Readings {
  /** Reads something that will probably be asked for. */
  begin(question: RenderQuestion): void;
  /** Answers of these questions; those that have none are left out. */
  answersTo(questions: readonly RenderQuestion[]): Promise<readonly Reading[]>;
  /** The questions that were really asked. */
  asked(): readonly RenderQuestion[];
  /** Everything that was read, or comes within the time that is left for it. */
  finished(): Promise<readonly Reading[]>;
}

/** A page waits no longer than this for what it did not ask for yet, in milliseconds. */
const limitMs = 300;

/** Makes the readings of a page. `read` answers JSON, or undefined when there is no answer. */
export function createReadings(read: (question: RenderQuestion) => Promise<string | undefined>): Readings {
  const begun = new Map<string, Promise<Reading | undefined>>();
  const asked = new Map<string, RenderQuestion>();
  const readOnce = (question: RenderQuestion): Promise<Reading | undefined> => {
    const key = JSON.stringify(question);
    let reading = begun.get(key);
    if (reading === undefined) {
      reading = read(question).then((reply) => (reply === undefined ? undefined : { question, reply }));
      begun.set(key, reading);
    }
    return reading;
  };
  return {
    begin: (question) => void readOnce(question),
    async answersTo(questions) {
      for (const question of questions) asked.set(JSON.stringify(question), question);
      return (await Promise.all(questions.map(readOnce))).filter((reading) => reading !== undefined);
    },
    asked: () => [...asked.values()],
    async finished() {
      const late = new Promise<undefined>((resolve) => setTimeout(resolve, limitMs, undefined).unref());
      const readings = await Promise.all([...begun.values()].map((reading) => Promise.race([reading, late])));
      return readings.filter((reading) => reading !== undefined);
    },
  };
}
