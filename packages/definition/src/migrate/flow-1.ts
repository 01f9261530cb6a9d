import { isJsonObject, type Json, type JsonObject } from '@fettle/base';
import type { Migration } from './sequence.ts';

/** Approvals of before asked others once, at their deadline: that is one level of escalation. */
export const flow1: Migration = (document) => migrated(document) as JsonObject;

function migrated(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(migrated);
  if (!isJsonObject(value)) return value;
  if (value['kind'] === 'wait' && isJsonObject(value['for'])) return { ...value, for: withLevels(value['for']) };
  // Settings of actions are whatever they are: only steps hold steps.
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, holdsSteps.has(key) ? migrated(one) : one]),
  );
}

const holdsSteps: ReadonlySet<string> = new Set([
  'steps',
  'branches',
  'cases',
  'lanes',
  'otherwise',
  'catch',
  'finally',
]);

function withLevels(wait: JsonObject): JsonObject {
  const { escalateTo, ...rest } = wait;
  if (wait['kind'] !== 'approval' || !Array.isArray(escalateTo)) return wait;
  return escalateTo.length === 0 ? rest : { ...rest, escalations: [{ to: escalateTo as Json }] };
}
