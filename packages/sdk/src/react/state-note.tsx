import type { CSSProperties, ReactNode } from 'react';

/** Props of {@link StateNote}. */
export interface StateNoteProps {
  readonly children: ReactNode;
  /** In pixels: as tall as what stands there otherwise, so that nothing below moves. */
  readonly height: number;
  /** Something went wrong: it is read out at once. */
  readonly isError?: boolean;
  /** Offers to try again. */
  readonly onRetry?: () => void;
}

const frame: CSSProperties = {
  display: 'grid',
  placeItems: 'center',
  placeContent: 'center',
  gap: 8,
  padding: 16,
  border: '1px dashed var(--fettle-border-strong)',
  borderRadius: 'var(--fettle-radius-panel)',
  color: 'var(--fettle-text-dimmed)',
  textAlign: 'center',
};

const button: CSSProperties = {
  height: 'var(--fettle-control-height)',
  padding: '0 12px',
  border: '1px solid var(--fettle-border-strong)',
  borderRadius: 'var(--fettle-radius-control)',
  background: 'var(--fettle-surface-raised)',
  color: 'var(--fettle-text)',
  font: 'inherit',
  cursor: 'pointer',
};

/** Stands where a component has nothing to draw: what is still to be chosen, on its way, empty, or went wrong. */
export function StateNote({ children, height, isError = false, onRetry }: StateNoteProps) {
  return (
    <div style={{ ...frame, height, boxSizing: 'border-box' }} role={isError ? 'alert' : 'status'}>
      <p style={{ margin: 0 }}>{children}</p>
      {onRetry !== undefined && (
        <button type="button" style={button} onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
