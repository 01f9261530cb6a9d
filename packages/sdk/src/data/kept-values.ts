import type { Json } from '@fettle/base';

/** Values that the code keeps for itself, per workspace, when the permissions of its plugin allow that. */
export interface KeptValues {
  get(key: string): Promise<Json>;
  set(key: string, value: Json): Promise<void>;
  delete(key: string): Promise<void>;
  /** Keys that begin with `prefix`. */
  keys(prefix?: string): Promise<readonly string[]>;
}
