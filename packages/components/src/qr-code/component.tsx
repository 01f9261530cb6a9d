import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { useMethod } from '../host-hooks.ts';
import { Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import { encodeQr, qrSvg } from './encode.ts';
import type { qrCodeManifest } from './manifest.ts';
import styles from './qr-code.module.css';
import { QrPicture } from './qr-picture.tsx';
import { useQrText } from './use-qr-text.ts';

/** Implementation of `core/qr-code`. */
export function QrCode({ settings }: ComponentProps<Static<typeof qrCodeManifest.settings>>) {
  const host = useHost();
  const text = useQrText(settings)(textOf(settings.value));
  const caption = textOf(settings.caption);
  useMethod('download', () => {
    const shape = encodeQr(text, settings.correction);
    if (text === '' || shape === undefined) return;
    // Wide enough for a printed sign, and it stays sharp at any width.
    save(qrSvg(shape, 1024), `${caption === '' ? text : caption}`);
  });
  if (text === '') {
    return host.mode === 'design' ? <Placeholder icon="qrcode" hint="Say what the code holds" /> : null;
  }
  return (
    <figure className={styles.figure} style={{ width: settings.size }}>
      <QrPicture text={text} correction={settings.correction} width={settings.size} label={`QR code: ${text}`} />
      {caption !== '' && <figcaption className={styles.caption}>{caption}</figcaption>}
    </figure>
  );
}

function save(svg: string, name: string): void {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)}.svg`;
  link.click();
  URL.revokeObjectURL(url);
}
