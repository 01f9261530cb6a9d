import { AppError, isJsonObject, type Json } from '@fettle/base';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import { runTask } from '../off-thread/run-task.ts';
import { pictureOf } from '../pdf/picture.ts';
import type { WritePdfOptions } from '../pdf/write-pdf.ts';
import { optionalText, requiredText } from '../required.ts';
import { fileIdOf } from '../services/file-content.ts';

const type = 'application/pdf';
const maxRows = 10_000;
const maxPictureCharacters = 30_000_000;
// What the font has letters for; others would be empty boxes.
const foreign =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]|\p{Extended_Pictographic}(?<![\d©®™])/u;

/** See {@link buildPdfManifest}. Always made beside the server's thread: fonts alone take a while. */
export const action: FlowActionImplementation = {
  describe: ({ name }) =>
    `Store the PDF ${(optionalText(name) ?? 'without a name').replaceAll(/\s+/g, ' ').slice(0, 200)}`,

  async run(context) {
    const { settings, files, signal, log } = context;
    signal.throwIfAborted();
    const given = requiredText(settings['name'], 'Give the file a name.').replaceAll(/[\\/\0]/g, '_');
    const name = /\.pdf$/i.test(given) ? given : `${given}.pdf`;
    const template = requiredText(settings['template'], 'Write the template.');
    const options: WritePdfOptions = {
      template,
      ...(await namedValues(context)),
      title: optionalText(settings['title']) ?? name,
      header: optionalText(settings['header']) ?? '',
      footer: settings['footer'] === '' ? '' : (optionalText(settings['footer']) ?? 'Page [[page]] of [[pages]]'),
      pageSize: settings['pageSize'] === 'LETTER' ? 'LETTER' : 'A4',
      isLandscape: settings['orientation'] === 'landscape',
      fontSize: Number(settings['fontSize'] ?? 10),
      createdAt: context.now(),
    };
    if (foreign.test(template) || foreign.test(JSON.stringify(options.lists)))
      log('warn', 'Some signs of the document are in none of the scripts that its font has: they are left empty.');
    let bytes = new Uint8Array();
    for await (const part of runTask({ task: 'write-pdf', options, isSmall: false, signal }))
      bytes = part as typeof bytes;
    signal.throwIfAborted();
    const id = await files.write({ name, type, bytes });
    return { id, name, type, size: bytes.length };
  },
};

/** Lists are given to the template as they are; anything else names a picture. */
async function namedValues({ settings, files }: FlowActionContext): Promise<Pick<WritePdfOptions, 'lists' | 'images'>> {
  const lists: Record<string, readonly Json[]> = {};
  const images: Record<string, string> = {};
  let left = maxPictureCharacters;
  for (const [name, value] of Object.entries(isJsonObject(settings['values']) ? settings['values'] : {})) {
    if (Array.isArray(value)) {
      if (value.length > maxRows) throw tooLarge(`"${name.slice(0, 60)}" has more than ${maxRows} rows.`);
      lists[name] = value as readonly Json[];
    } else if (value !== null && value !== '') {
      const file = await files.read(fileIdOf(value));
      const picture = pictureOf(file.name, file.bytes);
      left -= picture.length;
      if (left < 0) throw tooLarge('The pictures have more than 20 MB together.');
      images[name] = picture;
    }
  }
  return { lists, images };
}

function tooLarge(message: string): AppError {
  return new AppError('too-large', { code: 'pdf.too-large', message, hint: 'Show less in one document.' });
}
