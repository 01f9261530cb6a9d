import type { RenderQuestion } from './render-protocol.ts';

/** Remembers what pages asked for, so that it can be read before they ask again. Questions only, never answers. */
export interface QuestionMemory {
  recall(place: string): readonly RenderQuestion[];
  note(place: string, questions: readonly RenderQuestion[]): void;
}

const mostPlaces = 500;
/** A page that asks for more is read as it asks. */
const mostQuestions = 8;
const longestPlace = 500;

/** Makes a memory. The places noted longest ago are forgotten first. */
export function createQuestionMemory(): QuestionMemory {
  const places = new Map<string, readonly RenderQuestion[]>();
  return {
    recall: (place) => places.get(place) ?? [],
    note(place, questions) {
      places.delete(place);
      if (place.length > longestPlace || questions.length === 0 || questions.length > mostQuestions) return;
      places.set(place, questions);
      if (places.size <= mostPlaces) return;
      for (const oldest of places.keys()) {
        places.delete(oldest);
        return;
      }
    },
  };
}
