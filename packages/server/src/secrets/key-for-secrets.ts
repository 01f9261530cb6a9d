import { createHash } from 'node:crypto';
import type { Keys } from '../keys/keys.ts';
import type { SecretKey } from './secret-box.ts';

/** The key for secrets at rest: named by a fingerprint, so that a store sealed with another one can say which. */
export function keyForSecrets(keys: Keys): SecretKey {
  const material = keys.derive('data source secrets');
  return {
    id: `k-${createHash('sha256').update(keys.derive('data source secrets: name')).digest('hex').slice(0, 10)}`,
    material,
  };
}
