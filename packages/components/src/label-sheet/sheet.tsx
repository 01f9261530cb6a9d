import { QrPicture } from '../qr-code/qr-picture.tsx';
import styles from './label-sheet.module.css';
import type { Paper } from './papers.ts';

/** What one label says. */
export interface LabelContent {
  readonly key: string;
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly footer: string;
}

/** One sheet at its true size; `scale` makes it smaller on a screen. */
export function Sheet(props: {
  readonly paper: Paper;
  readonly labels: readonly (LabelContent | undefined)[];
  readonly hasBorders: boolean;
}) {
  const { paper } = props;
  const shape = {
    width: `${paper.pageWidth}mm`,
    height: `${paper.pageHeight}mm`,
    paddingTop: `${paper.top}mm`,
    paddingLeft: `${paper.left}mm`,
    columnGap: `${paper.columnGap}mm`,
    gridTemplateColumns: `repeat(${paper.columns}, ${paper.labelWidth}mm)`,
    gridAutoRows: `${paper.labelHeight}mm`,
  };
  return (
    <div className={styles.sheet} style={shape} data-borders={props.hasBorders || undefined}>
      {props.labels.map((label, index) =>
        label === undefined ? <span key={`used-${index}`} /> : <Label key={label.key} label={label} paper={paper} />,
      )}
    </div>
  );
}

function Label({ label, paper }: { readonly label: LabelContent; readonly paper: Paper }) {
  // The code takes the height; stickers are cut with a tolerance of a millimetre or two.
  const side = Math.min(paper.labelHeight - 4, paper.labelWidth / 2);
  return (
    <div className={styles.label}>
      <QrPicture text={label.code} correction="medium" width={`${side}mm`} label={`QR code: ${label.code}`} />
      <div className={styles.texts}>
        <div className={styles.title}>{label.title}</div>
        {label.text !== '' && <div className={styles.text}>{label.text}</div>}
        {label.footer !== '' && <div className={styles.footer}>{label.footer}</div>}
      </div>
    </div>
  );
}
