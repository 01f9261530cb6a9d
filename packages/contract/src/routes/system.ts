import { Type } from 'typebox';
import { defineRoute } from '../route.ts';
import { exact, openObject } from '../schemas.ts';

/** Health, the API's own description, and published JSON Schemas. */
export const systemRoutes = {
  live: defineRoute({
    id: 'health.live',
    method: 'GET',
    path: '/api/health/live',
    summary: 'The process runs.',
    access: { kind: 'public', why: 'Probes have no credentials; it says nothing but "alive".' },
    response: exact({ status: Type.Literal('alive') }),
  }),
  ready: defineRoute({
    id: 'health.ready',
    method: 'GET',
    path: '/api/health/ready',
    summary: 'The server can answer: its own database responds.',
    access: {
      kind: 'public',
      why: 'Probes have no credentials; it says nothing but "ready". The check is shared and cached.',
    },
    response: exact({ status: Type.Literal('ready') }),
  }),
  openApi: defineRoute({
    id: 'openapi',
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This API as OpenAPI 3.1.',
    access: { kind: 'public', why: 'The description of the API is public knowledge.' },
    response: openObject,
  }),
  schemas: defineRoute({
    id: 'schemas.list',
    method: 'GET',
    path: '/api/schemas',
    summary: 'Names of the published JSON Schemas.',
    access: { kind: 'public', why: 'The document format is public knowledge.' },
    response: exact({ schemas: Type.Array(Type.String()) }),
  }),
  schema: defineRoute({
    id: 'schemas.read',
    method: 'GET',
    path: '/api/schemas/:name',
    summary: 'One JSON Schema, e.g. `screen.json`.',
    access: { kind: 'public', why: 'The document format is public knowledge.' },
    params: exact({ name: Type.String({ pattern: '^[a-z-]+\\.json$', maxLength: 60 }) }),
    response: openObject,
  }),
} as const;
