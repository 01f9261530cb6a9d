import type { TSchema } from 'typebox';
import { accessSchema } from './kinds/access.ts';
import { appDocumentSchema } from './kinds/app.ts';
import { dataSettingSchema } from './kinds/data-setting.ts';
import { eventActionSchema } from './kinds/event-action.ts';
import { flowSchema } from './kinds/flow.ts';
import { flowTestSchema } from './kinds/flow-test.ts';
import { flowStepSchemas } from './kinds/flow-step.ts';
import { querySchema } from './kinds/query.ts';
import { componentSchema, screenSchema } from './kinds/screen.ts';
import { themeSchema } from './kinds/theme.ts';

/** The published JSON Schemas: id → schema, served at `/api/schemas/<id>.json`. */
export const schemas: Readonly<Record<string, TSchema>> = {
  app: appDocumentSchema,
  screen: screenSchema,
  component: componentSchema,
  'event-action': eventActionSchema,
  'data-setting': dataSettingSchema,
  query: querySchema,
  flow: flowSchema,
  'flow-test': flowTestSchema,
  'flow-step': { anyOf: Object.values(flowStepSchemas) } as TSchema,
  access: accessSchema,
  theme: themeSchema,
};
