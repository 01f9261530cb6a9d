import { expect, it } from 'vitest';
import { Type } from 'typebox';
import { inputError } from '@fettle/base';
import { defineConnector, setting } from '@fettle/sdk';
import { createRequest, isNewDestination, missingSettings, settingProblems, splitSettings } from './source-request.ts';

const connector = defineConnector({
  id: 'test/database',
  version: 1,
  title: 'Database',
  description: 'A database.',
  icon: 'database',
  category: 'Databases',
  settings: Type.Object({
    host: setting(Type.String(), { title: 'Host', default: 'localhost' }),
    database: setting(Type.String(), { title: 'Database' }),
    password: setting(Type.Optional(Type.String()), { title: 'Password', ui: { secret: true } }),
  }),
  destination: ['host'],
  capabilities: { tables: true, writes: true, transactions: true, relations: true, aggregates: true, structure: false },
  queryKinds: [],
});

it('sends secrets apart from settings and leaves out what is empty', () => {
  expect(splitSettings(connector, { host: 'db', password: 'pw', database: undefined })).toEqual({
    settings: { host: 'db' },
    secrets: { password: 'pw' },
  });
  expect(splitSettings(connector, { host: 'db', password: '' }).secrets).toEqual({});
});

it('leaves production out when it uses the same connection', () => {
  const same = createRequest(connector, { name: ' Shop ', development: { database: 'shop' }, production: undefined });
  expect(same).toEqual({
    name: 'Shop',
    kind: 'external',
    connector: 'test/database',
    development: { settings: { database: 'shop' }, secrets: {} },
  });
  const other = createRequest(connector, {
    name: 'Shop',
    development: {},
    production: { database: 'live', password: 'x' },
  });
  expect(other.production).toEqual({ settings: { database: 'live' }, secrets: { password: 'x' } });
});

it('knows which change sends credentials somewhere else', () => {
  expect(isNewDestination(connector, { host: 'a', database: 'x' }, { host: 'a', database: 'y' })).toBe(false);
  expect(isNewDestination(connector, { host: 'a' }, { host: 'b' })).toBe(true);
});

it('names what is missing: required, without a default and not stored', () => {
  expect(missingSettings(connector, {})).toEqual(['database']);
  expect(missingSettings(connector, { database: 'x' })).toEqual([]);
});

it('places problems of the server at their settings', () => {
  const error = inputError({
    code: 'x',
    message: 'x',
    problems: [
      { path: '/settings/host', message: 'This must be a host.' },
      { path: '/secrets/password', message: 'This setting is needed.' },
    ],
  });
  expect(settingProblems(error)).toEqual({ host: 'This must be a host.', password: 'This setting is needed.' });
});
