import { useState } from 'react';
import { Code, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useShownProblem } from '../../fields/shown-problem.ts';
import type { BindingScope } from './binding-scope.ts';
import { describeType, prettyValue, previewValue } from './preview-value.ts';
import { useLiveValue } from './use-live-value.ts';
import styles from './binding.module.css';

/** What a text with bindings gives right now. Lists and objects open to their whole. */
export function LiveValue({
  text,
  scope,
  isOpen,
}: {
  readonly text: string;
  readonly scope: BindingScope;
  readonly isOpen: boolean;
}) {
  const outcome = useLiveValue(text, scope);
  const shown = useShownProblem();
  const [isExpanded, setIsExpanded] = useState(false);
  if (outcome === undefined) return null;
  if (outcome.failure !== undefined) {
    if (shown?.startsWith(outcome.failure.message) === true) return null;
    return (
      <div className={styles['failure']} role={isOpen ? 'status' : undefined}>
        <IconAlertTriangle size={12} aria-hidden="true" />
        <span>
          {outcome.failure.message}
          {outcome.failure.hint !== undefined && ` ${outcome.failure.hint}`}
        </span>
      </div>
    );
  }
  const { value } = outcome;
  const canExpand = (typeof value === 'object' && value !== null) || (typeof value === 'string' && value.length > 60);
  return (
    <div className={styles['live']}>
      <UnstyledButton
        className={styles['liveLine'] ?? ''}
        disabled={!canExpand}
        {...(canExpand ? { 'aria-expanded': isExpanded } : {})}
        onClick={() => setIsExpanded(!isExpanded)}
      >
        <span className={styles['type']}>{describeType(value)}</span>
        {value !== undefined && <span className={styles['preview']}>{previewValue(value)}</span>}
      </UnstyledButton>
      {isExpanded && canExpand && (
        <Code block className={styles['pretty'] ?? ''}>
          {prettyValue(value)}
        </Code>
      )}
    </div>
  );
}
