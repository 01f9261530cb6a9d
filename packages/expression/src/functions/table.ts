import { dateCalculations } from './date/calculate.ts';
import { dateTextFunctions } from './date/format-date.ts';
import { datePartFunctions } from './date/parts.ts';
import type { FunctionEntry, FunctionFamily } from './entry.ts';
import { numberFormatFunctions } from './format/numbers.ts';
import { phraseFunctions } from './format/phrases.ts';
import { byKeyFunctions } from './list/by-key.ts';
import { listPartFunctions } from './list/parts.ts';
import { logicFunctions } from './logic/logic.ts';
import { basicNumberFunctions } from './number/basics.ts';
import { decimalFunctions } from './number/decimal.ts';
import { statisticFunctions } from './number/statistics.ts';
import { objectFunctions } from './object/members.ts';
import { caseFunctions } from './text/case.ts';
import { encodingFunctions } from './text/encoding.ts';
import { partFunctions } from './text/parts.ts';
import { patternFunctions } from './text/patterns.ts';

const families: readonly FunctionFamily[] = [
  caseFunctions,
  partFunctions,
  encodingFunctions,
  patternFunctions,
  basicNumberFunctions,
  decimalFunctions,
  statisticFunctions,
  dateCalculations,
  datePartFunctions,
  dateTextFunctions,
  listPartFunctions,
  byKeyFunctions,
  objectFunctions,
  numberFormatFunctions,
  phraseFunctions,
  logicFunctions,
];

/** Every standard function by name. */
export const functionTable: ReadonlyMap<string, FunctionEntry> = new Map(
  families.flatMap((family) => Object.entries(family)),
);
