import { AppError, inputError, type Json } from '@fettle/base';
import type { Flow } from '../kinds/flow.ts';
import { checkParameters } from './check-parameters.ts';

/** The trigger type of flows that are started with inputs. */
const withInputs = 'core/manual';

/**
 * What a flow is given by the flow that starts it: each of its inputs with a value of its type, or its default. What it
 * declares no input for is passed on as it is. Throws `flow.inputs-invalid` with all that does not fit.
 */
export function checkFlowInputs(
  { name, inputs = [], trigger }: Pick<Flow, 'name' | 'inputs' | 'trigger'>,
  given: Readonly<Record<string, Json>>,
): Readonly<Record<string, Json>> {
  if (trigger.type !== withInputs || inputs.length === 0) return given;
  const known = new Set(inputs.map((input) => input.name));
  const declared = Object.fromEntries(Object.entries(given).filter(([key]) => known.has(key)));
  try {
    return { ...given, ...checkParameters(inputs, declared, 'flow') };
  } catch (error) {
    if (!(error instanceof AppError) || error.problems === undefined) throw error;
    throw inputError({
      code: 'flow.inputs-invalid',
      message: `The flow "${name}" cannot be started with this: ${error.message}`,
      hint: 'Look at what the step that starts it gives to each input.',
      problems: error.problems.map(({ path, ...rest }) => ({ ...rest, path: path.replace('/parameters/', '/input/') })),
    });
  }
}
