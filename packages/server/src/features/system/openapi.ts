import { httpStatusOf } from '@fettle/base';
import { allRoutes, type Route } from '@fettle/contract';

type JsonSchema = Readonly<Record<string, unknown>>;

/** This API as OpenAPI 3.1, made from the declared routes: it cannot say anything else than what is served. */
export function createOpenApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of allRoutes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Fettle', version: '1', description: 'The API that the builder and the apps use themselves.' },
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'fettle',
          description: 'The session cookie of a signed-in person.',
        },
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of a workspace (fk_…).' },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

function operationOf(route: Route): Record<string, unknown> {
  const { access } = route;
  return {
    operationId: route.id,
    summary: route.summary,
    description: describeAccess(route),
    tags: [route.id.split('.')[0]],
    parameters: [...parametersOf('path', route.params), ...parametersOf('query', route.query)],
    ...bodyOf(route),
    responses: {
      ...successOf(route),
      default: {
        description: 'What went wrong, as problem details (RFC 9457).',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    security:
      access.kind === 'public' ? [] : [{ session: [] }, { apiKey: [] }, ...(access.kind === 'release' ? [{}] : [])],
  };
}

function describeAccess({ access }: Route): string {
  switch (access.kind) {
    case 'public':
      return `Open to everybody. ${access.why}`;
    case 'account':
      return 'For people who are signed in.';
    case 'installation':
      return 'For those who run the installation.';
    default:
      return `Needs the right "${access.action}".`;
  }
}

function parametersOf(place: 'path' | 'query', schema: unknown): Record<string, unknown>[] {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, JsonSchema>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function bodyOf(route: Route): Record<string, unknown> {
  if (route.transfer === 'upload') {
    const schema = { type: 'string', format: 'binary' };
    return {
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema }, 'multipart/form-data': { schema: { type: 'object' } } },
      },
    };
  }
  return isEmpty(route.body)
    ? {}
    : { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } };
}

function successOf(route: Route): Record<string, unknown> {
  if (route.transfer === 'download') {
    return {
      '200': {
        description: 'The content.',
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    };
  }
  if (isEmpty(route.response)) return { '204': { description: 'Done.' } };
  return { '200': { description: 'Done.', content: { 'application/json': { schema: route.response } } } };
}

function isEmpty(schema: unknown): boolean {
  return (schema as { type?: unknown }).type === 'undefined';
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer', enum: [...new Set(Object.values(httpStatusOf))].sort() },
    detail: { type: 'string' },
    code: { type: 'string', description: 'A stable name for programs.' },
    hint: { type: 'string', description: 'The next step.' },
    details: { type: 'object' },
    problems: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, message: { type: 'string' }, code: { type: 'string' } },
      },
    },
    requestId: { type: 'string' },
  },
} as const;
