import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const refusal = (environment: Record<string, string>): string => {
  try {
    loadConfig(environment);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('settings', () => {
  it('have defaults for everything', () => {
    expect(loadConfig({ HOME: '/root' })).toMatchObject({
      dataFolder: './data',
      port: 4300,
      logLevel: 'info',
      trustedProxies: 0,
    });
  });

  it('name a bad value once', () => {
    const text = refusal({ FETTLE_OWNER_EMAIL: 'owner@example.com', FETTLE_OWNER_PASSWORD: 'short' });
    expect(text).toContain('FETTLE_OWNER_PASSWORD must be 10 to 200 characters');
    expect(text).not.toContain('together');
    expect(refusal({ FETTLE_OWNER_EMAIL: 'owner@example.com' })).toContain('must be given together');
  });

  it('that do not exist are named, with the one that was meant', () => {
    expect(refusal({ FETTLE_DATA_DIRR: 'x' })).toContain(
      'FETTLE_DATA_DIRR is not a setting. Did you mean FETTLE_DATA_DIR?',
    );
    expect(refusal({ FETTLE_COLOUR: 'red' })).toContain('FETTLE_COLOUR is not a setting.');
  });

  it('that are secret can stand in files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fettle-config-'));
    const file = join(folder, 'url');
    await writeFile(file, 'postgres://fettle:from-a-file@db/fettle\n');
    expect(loadConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgres://fettle:from-a-file@db/fettle');
    const both = refusal({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://fettle@db/fettle' });
    expect(both).toContain('DATABASE_URL must be given once');
    await writeFile(file, 'mysql://fettle:from-a-file@db/fettle');
    expect(refusal({ DATABASE_URL_FILE: file })).toMatch(/^(?!.*from-a-file).*DATABASE_URL must be/);
    await writeFile(file, '\n');
    expect(refusal({ DATABASE_URL_FILE: file })).toContain('DATABASE_URL_FILE, which is empty');
    await rm(folder, { recursive: true });
    expect(refusal({ DATABASE_URL_FILE: file })).toContain('DATABASE_URL_FILE, which cannot be read (ENOENT)');
    // Others are no secrets: a file for one is a mistake.
    expect(refusal({ FETTLE_PUBLIC_URL_FILE: file })).toContain('FETTLE_PUBLIC_URL_FILE is not a setting');
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://x/y'],
    ['FETTLE_PUBLIC_URL', 'apps.example.com'],
    ['FETTLE_PUBLIC_URL', 'https://apps.example.com/path'],
    ['FETTLE_LOG_LEVEL', 'loud'],
    ['FETTLE_OWNER_EMAIL', 'nobody'],
    ['FETTLE_SESSION_HOURS', '-1'],
  ])('with a bad value are named: %s=%s', (variable, value) => {
    expect(refusal({ [variable]: value })).toContain(`${variable} must be`);
  });

  it.each([
    'changeme',
    'short',
    'x'.repeat(40),
    'changeme-changeme-changeme-changeme',
    'my-secret-my-secret-my-secret-12345',
  ])('refuse the guessable secret %s without repeating it', (secret) => {
    const message = refusal({ FETTLE_SECRET: secret });
    expect(message).toContain('FETTLE_SECRET must be at least 32 random characters');
    expect(message).not.toContain(secret);
  });

  it('name everything wrong at once', () => {
    const message = refusal({ PORT: 'x', FETTLE_NOPE: '1', FETTLE_OWNER_EMAIL: 'a@b.test' });
    expect(message).toMatch(/PORT must be.*FETTLE_NOPE.*must be given together/);
  });
});
