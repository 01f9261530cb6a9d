// @vitest-environment happy-dom
import { encodeQR } from 'qr';
import { decodeQR } from 'qr/decode.js';
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { QrCode } from './component.tsx';
import { encodeQr } from './encode.ts';
import { qrCodeManifest } from './manifest.ts';

/** Draws the path of a code as pixels, as a printer would. */
function pixelsOf(path: string, size: number, scale = 4): { width: number; height: number; data: Uint8Array } {
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * width + Number(x) * scale) * 4;
      for (let at = 0; at < Number(length) * scale; at += 1) data.set([0, 0, 0], from + at * 4);
    }
  }
  return { width, height: width, data };
}

it.each(['AST-0042', 'https://tools.example.com/apps/assets/scan/AST-0042', 'Größe 10 €'])(
  'draws codes that readers read: %s',
  (text) => {
    const shape = encodeQr(text, 'medium');
    expect(decodeQR(pixelsOf(shape?.path ?? '', shape?.size ?? 1))).toBe(text);
    expect(shape?.size).toBe(encodeQR(text, 'raw', { ecc: 'medium', border: 4 }).length);
  },
);

it('shows the code with what it holds as its name, and a caption', () => {
  const view = renderFresh(QrCode, qrCodeManifest, { value: 'AST-0042', caption: 'Laptop' });
  expect(view.getByRole('img', { name: 'QR code: AST-0042' })).toBeTruthy();
  expect(view.getByText('Laptop')).toBeTruthy();
});

it('shows nothing without a value, and says when a text is too long', () => {
  expect(renderFresh(QrCode, qrCodeManifest, { value: null }).container.querySelector('figure')).toBeNull();
  const view = renderFresh(QrCode, qrCodeManifest, { value: 'x'.repeat(5000) });
  expect(view.getByRole('alert').textContent).toContain('too long');
});
