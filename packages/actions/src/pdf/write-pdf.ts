import pdfmake from 'pdfmake';
import roboto from 'pdfmake/fonts/Roboto.js';
import { contentOf, type TemplateValues } from './markdown-content.ts';
import { withPageNumbers } from './template.ts';

/** What a PDF is made of. */
export interface WritePdfOptions extends Pick<TemplateValues, 'lists' | 'images'> {
  readonly template: string;
  readonly title: string;
  readonly header: string;
  readonly footer: string;
  readonly pageSize: 'A4' | 'LETTER';
  readonly isLandscape: boolean;
  readonly fontSize: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

const sizes = { A4: [595.28, 841.89], LETTER: [612, 792] } as const;
const side = 50;

/** Makes a PDF by a template: the fonts come along, nothing is read from files or addresses. */
export async function* writePdf(options: WritePdfOptions): AsyncIterable<Uint8Array> {
  const { header, footer } = options;
  pdfmake.setFonts(roboto);
  pdfmake.setUrlAccessPolicy(() => false);
  const fonts = new Set(Object.values(roboto.Roboto));
  pdfmake.setLocalAccessPolicy((path) => fonts.has(path));
  const [short, long] = sizes[options.pageSize];
  const width = (options.isLandscape ? long : short) - 2 * side;
  const edge = (text: string, margin: readonly number[]) => (page: number, pages: number) => ({
    text: withPageNumbers(text, page, pages),
    alignment: 'center',
    fontSize: 8,
    color: '#5c6670',
    margin,
  });
  const document = pdfmake.createPdf({
    pageSize: options.pageSize,
    pageOrientation: options.isLandscape ? 'landscape' : 'portrait',
    pageMargins: [side, 56, side, 56],
    info: { title: options.title, creator: 'Fettle', creationDate: new Date(options.createdAt) },
    defaultStyle: { font: 'Roboto', fontSize: options.fontSize, lineHeight: 1.15 },
    content: contentOf(options.template, { ...options, width }),
    // A heading does not stand alone at the end of a page.
    pageBreakBefore: (
      node: { headlineLevel?: number },
      { getFollowingNodesOnPage }: { getFollowingNodesOnPage(): readonly unknown[] },
    ) => node.headlineLevel !== undefined && getFollowingNodesOnPage().length === 0,
    ...(header === '' ? {} : { header: edge(header, [side, 24, side, 0]) }),
    ...(footer === '' ? {} : { footer: edge(footer, [side, 20, side, 0]) }),
  });
  yield await document.getBuffer();
}
