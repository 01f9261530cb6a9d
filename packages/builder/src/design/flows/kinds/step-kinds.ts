import {
  IconArrowBack,
  IconArrowsSplit2,
  IconGitBranch,
  IconHandStop,
  IconHourglass,
  IconLifebuoy,
  IconRefresh,
  IconRepeat,
  IconRoute,
  IconSubtask,
  IconThumbUp,
  IconVariable,
  type TablerIcon,
} from '@tabler/icons-react';
import { createShortId } from '@fettle/base';
import type { FlowStep, FlowStepBase, FlowStepKind } from '@fettle/definition';

/** What a step kind looks like in the palette and on the canvas. Actions have their manifests instead. */
export interface StepKindInfo {
  /** Unique among the entries of the palette: kinds that begin in two ways are there twice. */
  readonly id: string;
  readonly kind: Exclude<FlowStepKind, 'action'>;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly category: 'Decide' | 'Repeat' | 'Wait and ask' | 'Control';
  readonly Icon: TablerIcon;
  readonly create: (base: FlowStepBase) => FlowStep;
}

/** The step kinds in the order they are offered. */
export const stepKinds: readonly StepKindInfo[] = [
  {
    id: 'branch',
    kind: 'branch',
    title: 'If',
    description: 'Goes the first way whose condition holds, else the other one.',
    keywords: ['branch', 'condition', 'decision', 'else'],
    category: 'Decide',
    Icon: IconGitBranch,
    create: (base) => ({
      ...base,
      kind: 'branch',
      branches: [{ id: createShortId('br'), condition: '', steps: [] }],
      otherwise: [],
    }),
  },
  {
    id: 'switch',
    kind: 'switch',
    title: 'Switch',
    description: 'Compares one value and goes the way of the case that equals it.',
    keywords: ['case', 'choose', 'decision'],
    category: 'Decide',
    Icon: IconRoute,
    create: (base) => ({
      ...base,
      kind: 'switch',
      value: '',
      cases: [
        { id: createShortId('br'), equals: 'a', steps: [] },
        { id: createShortId('br'), equals: 'b', steps: [] },
      ],
      otherwise: [],
    }),
  },
  {
    id: 'forEach',
    kind: 'forEach',
    title: 'For each',
    description: 'Does the same for every item of a list, or for every row of a table.',
    keywords: ['loop', 'iterate', 'rows', 'list'],
    category: 'Repeat',
    Icon: IconRepeat,
    create: (base) => ({ ...base, kind: 'forEach', items: '', steps: [] }),
  },
  {
    id: 'while',
    kind: 'while',
    title: 'While',
    description: 'Goes on as long as a condition holds, up to a limit.',
    keywords: ['loop', 'until', 'repeat', 'poll'],
    category: 'Repeat',
    Icon: IconRefresh,
    create: (base) => ({ ...base, kind: 'while', condition: '', limit: 100, steps: [] }),
  },
  {
    id: 'approval',
    kind: 'wait',
    title: 'Ask for approval',
    description: 'Asks people to approve or reject, and waits for their answer.',
    keywords: ['wait', 'human', 'approve', 'manager', 'form', 'sign off'],
    category: 'Wait and ask',
    Icon: IconThumbUp,
    create: (base) => ({ ...base, kind: 'wait', for: { kind: 'approval', title: '', assignees: [] } }),
  },
  {
    id: 'wait',
    kind: 'wait',
    title: 'Wait',
    description: 'Waits for some time, until a time, or until another system calls back.',
    keywords: ['delay', 'sleep', 'pause', 'until', 'callback', 'webhook'],
    category: 'Wait and ask',
    Icon: IconHourglass,
    create: (base) => ({ ...base, kind: 'wait', for: { kind: 'duration', duration: '10m' } }),
  },
  {
    id: 'try',
    kind: 'try',
    title: 'Try',
    description: 'Does something else when a step inside fails, instead of ending the run.',
    keywords: ['catch', 'error', 'failure', 'finally', 'rescue', 'exception'],
    category: 'Control',
    Icon: IconLifebuoy,
    create: (base) => ({ ...base, kind: 'try', steps: [], catch: [] }),
  },
  {
    id: 'parallel',
    kind: 'parallel',
    title: 'In parallel',
    description: 'Does several things at the same time and goes on when all, or the first, are done.',
    keywords: ['concurrent', 'fork', 'join', 'race', 'lanes'],
    category: 'Control',
    Icon: IconArrowsSplit2,
    create: (base) => ({
      ...base,
      kind: 'parallel',
      lanes: [
        { id: createShortId('br'), steps: [] },
        { id: createShortId('br'), steps: [] },
      ],
    }),
  },
  {
    id: 'subFlow',
    kind: 'subFlow',
    title: 'Run another flow',
    description: 'Starts another flow of this app and, if you like, waits for what it returns.',
    keywords: ['sub-flow', 'call', 'child', 'reuse'],
    category: 'Control',
    Icon: IconSubtask,
    create: (base) => ({ ...base, kind: 'subFlow', flow: 'flw_none', mode: 'call' }),
  },
  {
    id: 'setVariables',
    kind: 'setVariables',
    title: 'Set variables',
    description: 'Keeps values under names that later steps read as vars.',
    keywords: ['assign', 'store', 'remember', 'value'],
    category: 'Control',
    Icon: IconVariable,
    create: (base) => ({ ...base, kind: 'setVariables', values: {} }),
  },
  {
    id: 'return',
    kind: 'return',
    title: 'Return',
    description: 'Ends the flow with a value for whoever started it.',
    keywords: ['output', 'result', 'answer', 'end'],
    category: 'Control',
    Icon: IconArrowBack,
    create: (base) => ({ ...base, kind: 'return', value: '' }),
  },
  {
    id: 'stop',
    kind: 'stop',
    title: 'Stop',
    description: 'Ends the run here, as a success or as a failure.',
    keywords: ['end', 'terminate', 'fail', 'abort'],
    category: 'Control',
    Icon: IconHandStop,
    create: (base) => ({ ...base, kind: 'stop', outcome: 'success' }),
  },
];

/** The entry of the palette that a step looks like; undefined for actions. */
export function kindOf(step: FlowStep): StepKindInfo | undefined {
  const id = step.kind === 'wait' && step.for.kind === 'approval' ? 'approval' : step.kind;
  return stepKinds.find((info) => info.id === id);
}

/** True for steps that hold others. */
export function isContainer(step: FlowStep): boolean {
  return ['branch', 'switch', 'forEach', 'while', 'parallel', 'try'].includes(step.kind);
}
