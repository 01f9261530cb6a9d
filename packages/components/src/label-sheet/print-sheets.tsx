import { useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import styles from './label-sheet.module.css';
import type { Paper } from './papers.ts';

/** Sends sheets to the printer and nothing else of the page, then tells that it is done. */
export function PrintSheets(props: {
  readonly paper: Paper;
  readonly sheets: readonly ReactNode[];
  readonly onDone: () => void;
}) {
  const { onDone } = props;
  useEffect(() => {
    window.addEventListener('afterprint', onDone, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', onDone);
  }, []);
  return createPortal(
    <div className={styles.print} data-printing>
      {/* While it is here, the page is this portal: everything else stays off the paper. */}
      <style>{`@page{size:${props.paper.page};margin:0}@media print{body>:not([data-printing]){display:none!important}}`}</style>
      {props.sheets.map((sheet, index) => (
        <div key={index} className={styles.printed}>
          {sheet}
        </div>
      ))}
    </div>,
    document.body,
  );
}
