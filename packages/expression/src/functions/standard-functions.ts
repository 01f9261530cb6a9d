import { dateSpecs } from './date/date.docs.ts';
import { formatSpecs } from './format/format.docs.ts';
import { listSpecs } from './list/list.docs.ts';
import { logicSpecs } from './logic/logic.docs.ts';
import { numberSpecs } from './number/number.docs.ts';
import { objectSpecs } from './object/object.docs.ts';
import type { FunctionSpec } from './spec.ts';
import { textSpecs } from './text/text.docs.ts';

/** The documentation of every standard function, by category. Loading it loads no implementation. */
export const standardFunctions: readonly FunctionSpec[] = [
  ...textSpecs,
  ...numberSpecs,
  ...dateSpecs,
  ...listSpecs,
  ...objectSpecs,
  ...formatSpecs,
  ...logicSpecs,
];
