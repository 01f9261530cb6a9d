import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { useState, type CSSProperties } from 'react';
import type { Static } from 'typebox';
import { formatValue } from '../format-value.ts';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { useQrText } from '../qr-code/use-qr-text.ts';
import { requestFor } from '../request-columns.ts';
import { rowIdentity } from '../row-identity.ts';
import { EmptyState, LoadError, LoadingLines, Placeholder } from '../states/data-states.tsx';
import { perRow, textOf } from '../text-of.ts';
import styles from './label-sheet.module.css';
import type { labelSheetManifest } from './manifest.ts';
import { papers, sheetsOf } from './papers.ts';
import { PrintSheets } from './print-sheets.tsx';
import { Sheet, type LabelContent } from './sheet.tsx';

type Settings = Static<typeof labelSheetManifest.settings>;

/** Implementation of `core/label-sheet`. */
export function LabelSheet({ settings }: ComponentProps<Settings>) {
  const host = useHost();
  const printed = useEvent('print');
  const [isPrinting, setPrinting] = useState(false);
  const state = host.useRows(settings.data, {
    pageSize: settings.limit,
    ...requestFor(host, settings.data, settings.columns),
  });
  const labels = useLabels(settings, state);
  const paper = papers[settings.sheet];
  const sheets = sheetsOf(labels, paper, settings.skip);
  useExposed({ count: labels.length, sheets: sheets.length, isLoading: state.isLoading });
  useMethod('refresh', () => state.refresh());
  const print = (): void => {
    if (host.mode === 'run' && labels.length > 0) setPrinting(true);
  };
  useMethod('print', print);

  if (settings.data === undefined || settings.code === undefined) {
    const hint = settings.data === undefined ? 'Choose the data to show' : 'Say what the code of a label holds';
    return host.mode === 'design' ? <Placeholder icon="printer" hint={hint} /> : null;
  }
  if (state.error !== undefined && labels.length === 0)
    return <LoadError error={state.error} onRetry={state.refresh} />;
  if (state.isLoading) return <LoadingLines count={4} height={32} />;
  if (labels.length === 0) return <EmptyState text={textOf(settings.emptyText)} icon="printer" />;
  const pages = sheets.map((places, index) => (
    <Sheet key={index} paper={paper} labels={places} hasBorders={settings.borders} />
  ));
  const count = `${labels.length === 1 ? '1 label' : `${labels.length} labels`} on ${
    sheets.length === 1 ? '1 sheet' : `${sheets.length} sheets`
  }`;
  const zoom = { '--preview-zoom': paper.pageWidth < 100 ? 1.4 : 0.7, '--preview-zoom-narrow': 68 / paper.pageWidth };
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.count}>
          {count}
          {state.hasMore && ', more rows match: print these first or narrow the choice'}
        </span>
        <Button size="sm" leftSection={<IconPrinter size={16} aria-hidden />} onClick={print}>
          Print
        </Button>
      </div>
      <div className={styles.desk} role="group" aria-label="Preview" tabIndex={0} style={zoom as CSSProperties}>
        {/* A few sheets show how it will look; all of them are printed. */}
        {pages.slice(0, 4).map((page, index) => (
          <div key={index} className={styles.paper}>
            {page}
          </div>
        ))}
      </div>
      {isPrinting && (
        <PrintSheets
          paper={paper}
          sheets={pages}
          onDone={() => {
            setPrinting(false);
            void printed.run({ count: labels.length });
          }}
        />
      )}
    </>
  );
}

function useLabels(settings: Settings, state: ReturnType<ReturnType<typeof useHost>['useRows']>): LabelContent[] {
  const host = useHost();
  const textFor = useQrText(settings);
  const footer = textOf(settings.footer);
  return state.rows.slice(0, settings.limit).flatMap((item, index) => {
    const scope = { item, index };
    const text = (value: unknown): string => formatValue(perRow(value, scope), host);
    const code = textOf(perRow(settings.code, scope));
    if (code === '') return [];
    const title = settings.itemTitle === undefined ? code : text(settings.itemTitle);
    const key = rowIdentity(state.table, item, index);
    return [{ key, code: textFor(code), title, text: text(settings.itemText), footer }];
  });
}
