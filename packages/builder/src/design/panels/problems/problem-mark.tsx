import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';

/** How bad a problem is, as the builder shows it everywhere. Errors keep an app from being published. */
export interface ProblemMarkProps {
  readonly severity: 'error' | 'warning';
  /** What it stands for, for whoever does not see it. */
  readonly label: string;
  readonly size?: number;
}

/** The icon of a problem. */
export function ProblemMark({ severity, label, size = 12 }: ProblemMarkProps) {
  const Icon = severity === 'error' ? IconCircleX : IconAlertTriangle;
  const colour = `var(--fettle-${severity === 'error' ? 'danger' : 'warning'}-text)`;
  return <Icon size={size} color={colour} style={{ flex: 'none' }} aria-label={label} />;
}

/** How bad the worst of some problems is; undefined when there are none. */
export function worstOf(
  problems: Iterable<{ readonly severity: ProblemMarkProps['severity'] }>,
): ProblemMarkProps['severity'] | undefined {
  const severities = [...problems].map(({ severity }) => severity);
  return severities.includes('error') ? 'error' : severities[0];
}
