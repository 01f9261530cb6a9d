import { Type, type TObject } from 'typebox';
import { bindableText, idSchema, nameSchema, settingsSchema } from './common.ts';

/** How often and when a failed step is tried again. */
export interface RetryPolicy {
  /** Tries after the first one. */
  readonly count: number;
  readonly delayMs: number;
  readonly backoff?: 'fixed' | 'exponential';
  /** Spread the delays by chance. */
  readonly jitter?: boolean;
  /** Retry only errors with one of these codes. */
  readonly only?: readonly string[];
}

/** What every step has. */
export interface FlowStepBase {
  readonly id: string;
  /** Unique in the flow; what expressions call it: `steps.<name>`. */
  readonly name: string;
  readonly description?: string;
  /** Skipped, as if it were not there. */
  readonly disabled?: boolean;
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
}

/** Steps under a condition. */
export interface FlowBranch {
  readonly id: string;
  readonly name?: string;
  readonly condition: string;
  readonly steps: readonly FlowStep[];
}

/** Steps for one value of a switch. */
export interface FlowCase {
  readonly id: string;
  readonly equals: unknown;
  readonly steps: readonly FlowStep[];
}

/** Steps that run beside others. */
export interface FlowLane {
  readonly id: string;
  readonly name?: string;
  readonly steps: readonly FlowStep[];
}

/** What a wait step waits for. Texts may be bindings. */
export type FlowWait =
  | { readonly kind: 'duration'; readonly duration: string }
  | { readonly kind: 'until'; readonly time: string }
  | { readonly kind: 'callback'; readonly deadline?: string }
  | {
      readonly kind: 'approval';
      readonly title: string;
      readonly message?: string;
      /** Users, roles or e-mail addresses. */
      readonly assignees: readonly string[];
      readonly fields?: readonly unknown[];
      /** How long those have who are asked first. */
      readonly deadline?: string;
      /** Who is asked as well when nobody has answered in time, one level after the other. */
      readonly escalations?: readonly FlowEscalation[];
    };

/** Who is asked as well when those before did not answer in time. Texts may be bindings. */
export interface FlowEscalation {
  readonly to: readonly string[];
  /** How long everybody has from then on; absent: as long as those before had. */
  readonly deadline?: string;
}

/** Rows that a loop takes from a table. Texts may be bindings. */
export interface FlowRows {
  readonly dataSource: string;
  readonly table: string;
  readonly columns?: readonly string[];
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly sort?: readonly { readonly column: string; readonly direction: 'ascending' | 'descending' }[];
}

/** One step of a flow. `kind` says which; steps that hold others are the tree. */
export type FlowStep = FlowStepBase &
  (
    | { readonly kind: 'action'; readonly type: string; readonly settings: Readonly<Record<string, unknown>> }
    | { readonly kind: 'branch'; readonly branches: readonly FlowBranch[]; readonly otherwise?: readonly FlowStep[] }
    | {
        readonly kind: 'switch';
        readonly value: string;
        readonly cases: readonly FlowCase[];
        readonly otherwise?: readonly FlowStep[];
      }
    | {
        readonly kind: 'forEach';
        /** A binding that gives a list. Give this or `rows`. */
        readonly items?: string;
        /** The rows of a table, page by page: for tables of any size. */
        readonly rows?: FlowRows;
        /** What `output.results` collects per item, 10,000 at most. */
        readonly collect?: string;
        /** What expressions inside call the item; `item` when absent. */
        readonly as?: string;
        /** How many items at once; 1 when absent. */
        readonly concurrency?: number;
        /** Take items in lists of this size. */
        readonly batchSize?: number;
        readonly steps: readonly FlowStep[];
      }
    | {
        readonly kind: 'while';
        readonly condition: string;
        readonly limit: number;
        readonly steps: readonly FlowStep[];
      }
    | { readonly kind: 'parallel'; readonly lanes: readonly FlowLane[]; readonly join?: 'all' | 'first' }
    | {
        readonly kind: 'try';
        readonly steps: readonly FlowStep[];
        readonly catch?: readonly FlowStep[];
        readonly finally?: readonly FlowStep[];
      }
    | { readonly kind: 'wait'; readonly for: FlowWait }
    | {
        readonly kind: 'subFlow';
        readonly flow: string;
        readonly input?: Readonly<Record<string, unknown>>;
        /** `call` waits for its output, `start` does not. */
        readonly mode: 'call' | 'start';
      }
    | { readonly kind: 'setVariables'; readonly values: Readonly<Record<string, unknown>> }
    | { readonly kind: 'stop'; readonly outcome: 'success' | 'failure'; readonly message?: string }
    | { readonly kind: 'return'; readonly value: unknown }
  );

/** One of the kinds of {@link FlowStep}. */
export type FlowStepKind = FlowStep['kind'];

const nested = Type.Array(Type.Unknown(), { maxItems: 1000 });
const texts = Type.Array(bindableText, { maxItems: 100 });

const common = {
  id: idSchema,
  name: nameSchema,
  description: Type.Optional(Type.String({ maxLength: 1000 })),
  disabled: Type.Optional(Type.Boolean()),
  retry: Type.Optional(
    Type.Object(
      {
        count: Type.Integer({ minimum: 0, maximum: 100 }),
        delayMs: Type.Integer({ minimum: 0, maximum: 86_400_000 }),
        backoff: Type.Optional(Type.Union([Type.Literal('fixed'), Type.Literal('exponential')])),
        jitter: Type.Optional(Type.Boolean()),
        only: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 })),
      },
      { additionalProperties: false },
    ),
  ),
  timeoutMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 31_536_000_000 })),
};

/** Levels of an approval after those who are asked first. */
const mostEscalations = 10;

const waitSchema = Type.Union([
  Type.Object({ kind: Type.Literal('duration'), duration: bindableText }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('until'), time: bindableText }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('callback'), deadline: Type.Optional(bindableText) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('approval'),
      title: bindableText,
      message: Type.Optional(bindableText),
      assignees: texts,
      fields: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 100 })),
      deadline: Type.Optional(bindableText),
      escalations: Type.Optional(
        Type.Array(Type.Object({ to: texts, deadline: Type.Optional(bindableText) }, { additionalProperties: false }), {
          maxItems: mostEscalations,
        }),
      ),
    },
    { additionalProperties: false },
  ),
]);

function lane(members: Parameters<typeof Type.Object>[0]) {
  return Type.Array(Type.Object({ id: idSchema, ...members, steps: nested }, { additionalProperties: false }), {
    maxItems: 100,
  });
}

function step(kind: FlowStepKind, members: Parameters<typeof Type.Object>[0]): TObject {
  return Type.Object({ ...common, kind: Type.Literal(kind), ...members }, { additionalProperties: false });
}

const rowsSchema = Type.Object(
  {
    dataSource: Type.String({ maxLength: 64 }),
    table: Type.String({ maxLength: 300 }),
    columns: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 500 })),
    filter: Type.Optional(settingsSchema),
    sort: Type.Optional(Type.Array(settingsSchema, { maxItems: 10 })),
  },
  { additionalProperties: false },
);

const label = Type.Optional(Type.String({ maxLength: 100 }));

/** JSON Schemas of the step kinds. Nested steps stand as open lists: the invariant checks them one by one. */
export const flowStepSchemas: Readonly<Record<FlowStepKind, TObject>> = {
  action: step('action', { type: Type.String({ minLength: 1, maxLength: 100 }), settings: settingsSchema }),
  branch: step('branch', {
    branches: lane({ name: label, condition: bindableText }),
    otherwise: Type.Optional(nested),
  }),
  switch: step('switch', {
    value: bindableText,
    cases: lane({ equals: Type.Unknown() }),
    otherwise: Type.Optional(nested),
  }),
  forEach: step('forEach', {
    items: Type.Optional(bindableText),
    rows: Type.Optional(rowsSchema),
    collect: Type.Optional(bindableText),
    as: Type.Optional(nameSchema),
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    batchSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    steps: nested,
  }),
  while: step('while', {
    condition: bindableText,
    limit: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    steps: nested,
  }),
  parallel: step('parallel', {
    lanes: lane({ name: label }),
    join: Type.Optional(Type.Union([Type.Literal('all'), Type.Literal('first')])),
  }),
  try: step('try', { steps: nested, catch: Type.Optional(nested), finally: Type.Optional(nested) }),
  wait: step('wait', { for: waitSchema }),
  subFlow: step('subFlow', {
    flow: idSchema,
    input: Type.Optional(settingsSchema),
    mode: Type.Union([Type.Literal('call'), Type.Literal('start')]),
  }),
  setVariables: step('setVariables', { values: settingsSchema }),
  stop: step('stop', {
    outcome: Type.Union([Type.Literal('success'), Type.Literal('failure')]),
    message: Type.Optional(bindableText),
  }),
  return: step('return', { value: Type.Unknown() }),
};

/** The lists of steps inside a step, with where they stand in it. Tolerates steps that are not checked yet. */
export function nestedSteps(
  flowStep: Readonly<Record<string, unknown>>,
): readonly { readonly path: string; readonly steps: unknown }[] {
  const lists: { path: string; steps: unknown }[] = [];
  for (const key of ['steps', 'catch', 'finally', 'otherwise']) {
    if (Object.hasOwn(flowStep, key)) lists.push({ path: `/${key}`, steps: flowStep[key] });
  }
  for (const key of ['branches', 'cases', 'lanes']) {
    const items = Object.hasOwn(flowStep, key) ? flowStep[key] : undefined;
    if (!Array.isArray(items)) continue;
    items.forEach((item: unknown, index) => {
      const steps = typeof item === 'object' && item !== null ? (item as Record<string, unknown>)['steps'] : undefined;
      lists.push({ path: `/${key}/${index}/steps`, steps });
    });
  }
  return lists;
}
