import type { FlowStep } from '@fettle/definition';

/** How a lane is to be understood; colours and words on the canvas follow from it. */
export type LaneTone = 'plain' | 'otherwise' | 'failure' | 'always' | 'loop';

/** A list of steps as it is drawn in its step. */
export interface Lane {
  /** As commands name it: `steps`, `catch`, `finally`, `otherwise`, or the id of a branch, case or lane. */
  readonly list: string;
  readonly label: string;
  readonly tone: LaneTone;
  readonly steps: readonly FlowStep[];
}

/** Lanes side by side; the sections of a step stand one below the other. */
export type Section = readonly Lane[];

const longestLabel = 34;

/** The lanes of a step, in the order in which they are drawn. None for steps that hold no others. */
export function sectionsOf(step: FlowStep): readonly Section[] {
  switch (step.kind) {
    case 'branch':
      return [
        [
          ...step.branches.map(({ id, name, condition, steps }, index) =>
            plain(id, firstText(name, conditionText(condition)) ?? `Condition ${index + 1}`, steps),
          ),
          { list: 'otherwise', label: 'Otherwise', tone: 'otherwise', steps: step.otherwise ?? [] },
        ],
      ];
    case 'switch':
      return [
        [
          ...step.cases.map(({ id, equals, steps }) => plain(id, `= ${valueText(equals)}`, steps)),
          { list: 'otherwise', label: 'Otherwise', tone: 'otherwise', steps: step.otherwise ?? [] },
        ],
      ];
    case 'parallel':
      return [step.lanes.map(({ id, name, steps }, index) => plain(id, firstText(name) ?? `Lane ${index + 1}`, steps))];
    case 'forEach':
      return [[{ list: 'steps', label: `For each ${step.as ?? 'item'}`, tone: 'loop', steps: step.steps }]];
    case 'while':
      return [[{ list: 'steps', label: 'Each turn', tone: 'loop', steps: step.steps }]];
    case 'try':
      return [
        [
          plain('steps', 'Try', step.steps),
          ...(step.catch === undefined
            ? []
            : [{ list: 'catch', label: 'If something fails', tone: 'failure' as const, steps: step.catch }]),
        ],
        ...(step.finally === undefined
          ? []
          : [[{ list: 'finally', label: 'In any case', tone: 'always' as const, steps: step.finally }]]),
      ];
    default:
      return [];
  }
}

/** True when branches, cases or lanes can be added to the step. */
export function hasOpenLanes(step: FlowStep): boolean {
  return step.kind === 'branch' || step.kind === 'switch' || step.kind === 'parallel';
}

function plain(list: string, label: string, steps: readonly FlowStep[]): Lane {
  return { list, label: shorten(label), tone: 'plain', steps };
}

function firstText(...texts: readonly (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined && text.trim() !== '');
}

/** A condition without its braces. */
function conditionText(condition: string): string {
  return condition.replace(/^\s*\{\{\s*|\s*\}\}\s*$/g, '').trim();
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function shorten(text: string): string {
  return text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text;
}
