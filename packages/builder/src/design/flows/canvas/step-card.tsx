import { memo, type MouseEvent } from 'react';
import type { NodeProps } from '@xyflow/react';
import { IconBolt, IconChevronDown, IconChevronRight, IconDots, IconNote, IconPlayerPause } from '@tabler/icons-react';
import { allSteps, type FlowStep } from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import { useApp, useCurrentFlow, useDesign, useView } from '../../design-context.ts';
import { ManifestIcon } from '../../panels/palette/manifest-icon.tsx';
import { flowView, toggleFold } from '../flow-surface.ts';
import { isContainer, kindOf } from '../kinds/step-kinds.ts';
import { summaryOf, titleOf, triggerSummary, typeTitle } from '../kinds/summary.ts';
import type { CardNode } from './flow-nodes.ts';
import { StateMark } from '../runs/state-mark.tsx';
import { stepRuns, type StepRun } from '../runs/step-run.ts';
import { durationText } from '../../../shell/duration-text.ts';
import { useShownRun } from '../runs/use-runs.ts';
import { useStepProblem } from './step-problems.ts';
import { beginFlowDrag } from './flow-drag.ts';
import { ProblemMark } from '../../panels/problems/problem-mark.tsx';
import styles from './step-card.module.css';

/** The card of the trigger or of a step. */
export const StepCard = memo(function StepCard({ data }: NodeProps<CardNode>) {
  const { card } = data;
  return card.step === undefined ? <TriggerCard /> : <OneStep card={card} step={card.step} />;
});

function TriggerCard() {
  const { view } = useDesign();
  const { flows } = useExtensions();
  const trigger = useCurrentFlow()?.trigger;
  const manifest = flows.triggers.find(({ id }) => id === trigger?.type);
  const summary = useApp((app) => (trigger === undefined ? '' : triggerSummary(trigger.settings, manifest, app)));
  const isSelected = useView((state) => state.steps.includes('trigger'));
  const problem = useStepProblem('trigger');
  const title = manifest?.title ?? trigger?.type ?? '';
  return (
    <div
      id="flow-card-trigger"
      className={`${styles['card']} nopan`}
      data-kind="trigger"
      data-selected={isSelected ? '' : undefined}
      role="group"
      aria-label={`Trigger: ${title}`}
      onClick={(event) => {
        event.stopPropagation();
        view.selectSteps(['trigger']);
      }}
    >
      <div className={styles['row']}>
        <span className={styles['tile']} data-category="trigger">
          {manifest === undefined ? <IconBolt size={18} /> : <ManifestIcon name={manifest.icon} size={18} />}
        </span>
        <span className={styles['words']}>
          <span className={styles['name']}>{title}</span>
          <span className={styles['summary']}>{summary}</span>
        </span>
        <StepProblem problem={problem} />
      </div>
    </div>
  );
}

function OneStep({ card, step }: { readonly card: CardNode['data']['card']; readonly step: FlowStep }) {
  const { view } = useDesign();
  const { flows } = useExtensions();
  const action = step.kind === 'action' ? flows.actions.find(({ id }) => id === step.type) : undefined;
  const summary = useApp((app) => summaryOf(step, app, action));
  const isSelected = useView((state) => state.steps.includes(step.id));
  const problem = useStepProblem(step.id);
  const title = titleOf(step);
  const entries = useShownRun()?.entries;
  const run = entries === undefined ? undefined : stepRuns(entries).get(step.id);
  const count = card.isFolded ? allSteps([step]).length - 1 : 0;
  const select = (event: MouseEvent): void => {
    // React Flow's own selection is for the rubber band alone.
    event.stopPropagation();
    const { steps } = view.getState();
    if (!event.metaKey && !event.ctrlKey && !event.shiftKey) view.selectSteps([step.id]);
    else
      view.selectSteps(
        isSelected ? steps.filter((id) => id !== step.id) : [...steps.filter((id) => id !== 'trigger'), step.id],
      );
  };
  const openMenu = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (!isSelected) view.selectSteps([step.id]);
    flowView.setState({ menu: { step: step.id, x: event.clientX, y: event.clientY } });
  };
  return (
    <div
      id={`flow-card-${step.id}`}
      className={`${styles['card']} nopan`}
      data-kind={step.kind}
      data-step={step.name}
      data-selected={isSelected ? '' : undefined}
      data-off={card.isOff ? '' : undefined}
      data-folded={card.isFolded ? '' : undefined}
      data-problem={problem?.severity}
      data-run={run?.state ?? (entries === undefined ? undefined : 'none')}
      role="group"
      aria-label={`${title}: ${typeTitle(step, action)}${step.disabled === true ? ', disabled' : ''}`}
      onClick={select}
      onContextMenu={openMenu}
      onDoubleClick={() => isContainer(step) && toggleFold(step.id)}
      onPointerDown={(event) => {
        const { steps } = view.getState();
        const ids = steps.includes(step.id) ? steps.filter((id) => id !== 'trigger') : [step.id];
        beginFlowDrag(event, { kind: 'move', ids, title: ids.length === 1 ? title : `${ids.length} steps` });
      }}
    >
      <div className={styles['row']}>
        <span className={styles['tile']} data-category={toneOf(step)}>
          <StepIcon step={step} icon={action?.icon} />
        </span>
        <span className={styles['words']}>
          <span className={styles['name']}>{title}</span>
          {run?.message !== undefined && run.state === 'failed' ? (
            <span className={styles['failure']} title={run.message}>
              {run.message}
            </span>
          ) : (
            <span className={styles['summary']}>{summary}</span>
          )}
        </span>
        {run !== undefined && <RunMark run={run} />}
        {step.disabled === true && <IconPlayerPause size={14} className={styles['mark']} aria-label="Disabled" />}
        <StepProblem problem={problem} />
        {isContainer(step) && (
          <button
            type="button"
            className={styles['button']}
            tabIndex={-1}
            aria-label={card.isFolded ? `Unfold ${title}` : `Fold ${title}`}
            onClick={(event) => {
              event.stopPropagation();
              toggleFold(step.id);
            }}
          >
            {card.isFolded ? (
              <>
                {count}
                <IconChevronRight size={14} />
              </>
            ) : (
              <IconChevronDown size={14} />
            )}
          </button>
        )}
        <button
          type="button"
          className={styles['button']}
          data-menu=""
          tabIndex={-1}
          aria-label={`More for ${title}`}
          onClick={openMenu}
        >
          <IconDots size={14} />
        </button>
      </div>
      {step.description !== undefined && step.description !== '' && (
        <div className={styles['note']} title={step.description}>
          <IconNote size={12} aria-label="Note" />
          <span>{step.description}</span>
        </div>
      )}
    </div>
  );
}

/** The icon of a step: of its action, else of its kind. */
export function StepIcon({
  step,
  icon,
  size = 18,
}: {
  readonly step: FlowStep;
  readonly icon: string | undefined;
  readonly size?: number;
}) {
  const info = kindOf(step);
  return info === undefined ? <ManifestIcon name={icon ?? 'puzzle'} size={size} /> : <info.Icon size={size} />;
}

/** The colour of a step's icon says what sort of step it is. */
export function toneOf(step: FlowStep): string {
  switch (step.kind) {
    case 'action':
      return 'action';
    case 'wait':
      return 'wait';
    case 'stop':
    case 'return':
      return 'end';
    default:
      return 'control';
  }
}

/** What became of the step in the run that is shown: its state, its turns, and how long it took. */
function RunMark({ run }: { readonly run: StepRun }) {
  const isOver = run.state !== 'started' && run.state !== 'waiting' && run.state !== 'unfinished';
  return (
    <span className={styles['run']}>
      {run.count > 1 && <span>×{run.count}</span>}
      {isOver && run.state !== 'skipped' && <span>{durationText(run.durationMs)}</span>}
      <StateMark state={run.state} size={12} />
    </span>
  );
}

function StepProblem({ problem }: { readonly problem: ReturnType<typeof useStepProblem> }) {
  if (problem === undefined) return null;
  return (
    <span className={styles['mark']} title={problem.message}>
      <ProblemMark severity={problem.severity} label={problem.message} size={15} />
    </span>
  );
}
