import { AppError, inputError } from '@fettle/base';

const maxBytes = 5_000_000;
const maxPixels = 25_000_000;

/** A stored picture as a data URL. PNG and JPEG are what PDF documents hold; its size is looked at before it is unpacked. */
export function pictureOf(name: string, bytes: Uint8Array): string {
  const type = isPng(bytes) ? 'image/png' : isJpeg(bytes) ? 'image/jpeg' : undefined;
  if (type === undefined) {
    throw inputError({
      code: 'pdf.picture-type',
      message: `"${name.slice(0, 100)}" is neither a PNG nor a JPEG picture.`,
      hint: 'Convert it to one of these.',
    });
  }
  const data = Buffer.from(bytes);
  const isTooWide = type === 'image/png' && data.readUInt32BE(16) * data.readUInt32BE(20) > maxPixels;
  if (isTooWide || data.length > maxBytes) {
    throw new AppError('too-large', {
      code: 'pdf.picture-too-large',
      message: `"${name.slice(0, 100)}" has more than 5 MB or 25 million pixels.`,
      hint: 'Make it smaller.',
    });
  }
  return `data:${type};base64,${data.toString('base64')}`;
}

function isPng(bytes: Uint8Array): boolean {
  return bytes.length > 24 && Buffer.from(bytes.subarray(0, 8)).toString('hex') === '89504e470d0a1a0a';
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes.length > 10 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}
