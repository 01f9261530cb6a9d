import { useMemo } from 'react';
import { encodeQr, type Correction } from './encode.ts';
import styles from './qr-code.module.css';

/** A code as a picture: black on white in light and dark, since readers need it so. */
export function QrPicture(props: {
  readonly text: string;
  readonly correction: Correction;
  readonly width: number | string;
  readonly label: string;
}) {
  const { text, correction } = props;
  const shape = useMemo(() => encodeQr(text, correction), [text, correction]);
  if (shape === undefined) {
    return (
      <span role="alert" className={styles.tooLong}>
        This text is too long for a QR code. Shorten it, or use its address.
      </span>
    );
  }
  return (
    <svg
      role="img"
      aria-label={props.label}
      className={styles.picture}
      width={props.width}
      height={props.width}
      viewBox={`0 0 ${shape.size} ${shape.size}`}
      shapeRendering="crispEdges"
    >
      <rect width={shape.size} height={shape.size} fill="#fff" />
      <path d={shape.path} fill="#000" />
    </svg>
  );
}
