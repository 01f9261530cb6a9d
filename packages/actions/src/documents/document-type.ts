import { inputError } from '@fettle/base';

const skipped: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
];

/**
 * Throws for XML with a document type: by it a document can name files and addresses to be read (XXE) and entities
 * that grow without end. In comments and CDATA the word is only text. Goes once over the text.
 */
export function assertNoDocumentType(text: string): void {
  for (let place = text.indexOf('<!'); place >= 0;) {
    const part = skipped.find(([start]) => text.startsWith(start, place));
    if (part === undefined) throw refused();
    const end = text.indexOf(part[1], place + part[0].length);
    // Without an end it is no XML, which the parser says better.
    if (end < 0) return;
    place = text.indexOf('<!', end + part[1].length);
  }
}

function refused() {
  return inputError({
    code: 'xml.document-type',
    message: 'The XML has a document type (<!DOCTYPE …>), which is refused for safety.',
    hint: 'Ask the sender for XML without one, or cut it off before this step.',
  });
}
