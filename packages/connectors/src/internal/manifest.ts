import { Type } from 'typebox';
import { choice, defineConnector, setting } from '@fettle/sdk';

/** A workspace's own tables. Its settings are made by the server, so it is not offered in lists. */
export const internalManifest = defineConnector({
  id: 'core/internal',
  version: 1,
  title: 'Workspace tables',
  description: 'Tables that are made and changed right here.',
  icon: 'table',
  category: 'Databases',
  hidden: true,
  settings: Type.Object(
    {
      engine: choice(['sqlite', 'postgres'], { title: 'Engine', default: 'sqlite', ui: { bindable: false } }),
      file: setting(Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })), {
        title: 'File',
        ui: { bindable: false },
      }),
      schema: setting(Type.Optional(Type.String({ minLength: 1, maxLength: 63 })), {
        title: 'Schema',
        ui: { bindable: false },
      }),
      outbox: setting(Type.Optional(Type.String({ minLength: 1, maxLength: 300 })), {
        title: 'Outbox',
        ui: { bindable: false },
      }),
      connectionString: setting(Type.Optional(Type.String({ maxLength: 2000 })), {
        title: 'Connection',
        ui: { secret: true, bindable: false },
      }),
    },
    { additionalProperties: false },
  ),
  destination: ['engine', 'file', 'schema'],
  capabilities: { tables: true, writes: true, transactions: true, relations: true, aggregates: true, structure: true },
  // Custom SQL would reach past the workspace's schema.
  queryKinds: [],
  needs: { secrets: true },
});
