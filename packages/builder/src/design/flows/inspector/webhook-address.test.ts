import { expect, it } from 'vitest';
import { webhookAddress, webhookCommand } from './webhook-address.ts';

const place = { origin: 'https://apps.example.com', slug: 'desk' };

it('is the path of the trigger, else the name of the flow', () => {
  expect(webhookAddress(place, { name: 'takeOrder', settings: {} })).toBe(
    'https://apps.example.com/api/hooks/desk/takeOrder',
  );
  expect(webhookAddress(place, { name: 'takeOrder', settings: { path: 'new-order' } })).toMatch(/\/new-order$/);
});

it('is tried by a command, unless the sender signs', () => {
  const command = (settings: Readonly<Record<string, unknown>>) => webhookCommand('URL', settings);
  expect(command({})).toBe(
    `curl -X POST -H 'Authorization: Bearer TOKEN' -H 'Content-Type: application/json' -d '{"id": 42}' URL`,
  );
  expect(command({ auth: 'none', methods: ['GET', 'POST'] })).toBe('curl -X GET URL');
  expect(command({ auth: 'token', tokenHeader: 'X-Key', methods: ['DELETE'] })).toBe(
    `curl -X DELETE -H 'X-Key: TOKEN' URL`,
  );
  expect(command({ auth: 'github' })).toBeUndefined();
});
