import type { Run } from '../../evaluate/run.ts';
import { textOf } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function onText(convert: (run: Run, text: string) => string): FunctionEntry {
  return entry(1, 1, (run, [value]) => {
    const text = textOf(run, value);
    // The longest growth: three bytes per unit, each written with three characters.
    if (text.length * 9 > run.textLength) run.allowText(text.length * 9);
    run.spendFor(text.length * 8);
    return convert(run, text);
  });
}

function decode(run: Run, convert: () => string): string {
  try {
    return convert();
  } catch {
    throw run.error('expression.bad-encoding', 'The text is not encoded as expected.');
  }
}

/** Lone halves of surrogate pairs cannot be encoded: they become the replacement character. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

function toBase64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (unit) => unit.charCodeAt(0)));
}

/** Takes tags off, in one pass over the text. */
function stripHtml(text: string): string {
  let result = '';
  let from = 0;
  while (from < text.length) {
    const open = text.indexOf('<', from);
    const close = open === -1 ? -1 : text.indexOf('>', open);
    if (close === -1) break;
    result += text.slice(from, open);
    from = close + 1;
  }
  return result + text.slice(from);
}

/** Functions between text and its encodings. */
export const encodingFunctions: FunctionFamily = {
  escapeHtml: onText((_, text) => text.replace(/[&<>"']/g, (sign) => htmlEntities[sign] ?? sign)),
  stripHtml: onText((_, text) => stripHtml(text)),
  encodeUrl: onText((_, text) => encodeURIComponent(wellFormed(text))),
  decodeUrl: onText((run, text) => decode(run, () => decodeURIComponent(text))),
  toBase64: onText((_, text) => toBase64(text)),
  fromBase64: onText((run, text) => decode(run, () => fromBase64(text))),
};
