import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { TSchema } from 'typebox';
import { inputError, type AppError, type Problem } from '@fettle/base';
import type { Route } from '@fettle/contract';

// Ajv's ES module entry names its plugin function oddly: the function is the default of the default.
const addFormats = formats as unknown as typeof formats.default;

/** Checks one part of a request. Answers the problems, or undefined when it is fine. */
export type Validator = (value: unknown) => readonly Problem[] | undefined;

/** The compiled checks of a route. A missing one means there is nothing to check. */
export interface RouteValidators {
  readonly params: Validator | undefined;
  readonly query: Validator;
  readonly body: Validator | undefined;
}

/** Compiles the schemas of routes once, at start. Path and query texts are turned into numbers and booleans in place. */
export function createRouteValidators(): (route: Route) => RouteValidators {
  const options = { allErrors: false, strict: false, ownProperties: true, $data: false } as const;
  const exact = new Ajv(options);
  const coercing = new Ajv({ ...options, coerceTypes: true });
  addFormats(exact);
  addFormats(coercing);
  return (route) => ({
    params: isEmpty(route.params) ? undefined : createValidator(coercing.compile(route.params)),
    query: createValidator(coercing.compile(route.query)),
    body: hasBody(route) ? createValidator(exact.compile(route.body)) : undefined,
  });
}

/** True when a route takes a JSON body. */
export function hasBody(route: Route): boolean {
  return (
    route.transfer !== 'upload' &&
    route.transfer !== 'exchange' &&
    Object.keys(route.body).some((key) => key === 'type' || key === 'anyOf') &&
    !isUndefined(route.body)
  );
}

function isUndefined(schema: TSchema): boolean {
  return (schema as { type?: unknown }).type === 'undefined';
}

function isEmpty(schema: TSchema): boolean {
  return Object.keys((schema as { properties?: object }).properties ?? {}).length === 0;
}

function createValidator(validate: ValidateFunction): Validator {
  return (value) => {
    if (validate(value) === true) return undefined;
    return (validate.errors ?? []).map(toProblem);
  };
}

function toProblem(error: ErrorObject): Problem {
  const parameters = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') {
    const name = String(parameters['additionalProperty']);
    return { path: `${error.instancePath}/${name}`, message: 'is not expected here.', code: error.keyword };
  }
  if (error.keyword === 'required') {
    const name = String(parameters['missingProperty']);
    return { path: `${error.instancePath}/${name}`, message: 'is missing.', code: error.keyword };
  }
  return { path: error.instancePath, message: `${error.message ?? 'is not valid'}.`, code: error.keyword };
}

/** The error for a part of a request that does not fit. */
export function invalidInput(part: 'query' | 'body', problems: readonly Problem[]): AppError {
  const [first] = problems;
  const where =
    first === undefined || first.path === '' ? `The ${part}` : `"${first.path.slice(1).slice(0, 200)}" in the ${part}`;
  return inputError({
    code: `${part}.invalid`,
    message: `${where} ${first?.message ?? 'is not valid.'}`,
    hint: 'Compare the request with /api/openapi.json.',
    problems,
  });
}
