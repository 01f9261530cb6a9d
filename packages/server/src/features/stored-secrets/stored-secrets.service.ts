import type { Actor, Grant } from '@fettle/access';
import { notFound, type Clock } from '@fettle/base';
import type { Environment, StoredSecretInfo } from '@fettle/contract';
import type { Database } from '../../database/database.ts';
import { workspaceIdOf } from '../../grants.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import { nameOfActor, type Audit } from '../audit/audit.service.ts';
import {
  deleteStoredSecret,
  findStoredSecrets,
  listStoredSecrets,
  saveStoredSecret,
  type StoredSecretRow,
} from './stored-secrets.store.ts';

/** Which secret is meant. */
export interface SecretName {
  readonly environment: Environment;
  readonly name: string;
}

/**
 * Secrets of a workspace that flows name and never hold: definitions can be exported and read by builders, these cannot.
 * A value that was written is never shown again; it can be replaced.
 */
export class StoredSecrets {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #audit: Audit;
  readonly #box: SecretBox;

  constructor(options: {
    readonly database: Database;
    readonly clock: Clock;
    readonly audit: Audit;
    readonly box: SecretBox;
  }) {
    this.#database = options.database;
    this.#clock = options.clock;
    this.#audit = options.audit;
    this.#box = options.box;
  }

  async list(grant: Grant): Promise<StoredSecretInfo[]> {
    const rows = await listStoredSecrets(this.#database.knex, workspaceIdOf(grant));
    return rows.map(({ name, environment, updated_at: updatedAt, updated_by: updatedBy }) => ({
      name,
      environment,
      updatedAt,
      updatedBy,
    }));
  }

  async save(grant: Grant, actor: Actor, secret: SecretName & { readonly value: string }): Promise<void> {
    const { environment, name, value } = secret;
    const workspaceId = workspaceIdOf(grant);
    await this.#database.transaction(async (transaction) => {
      await saveStoredSecret(transaction, {
        workspace_id: workspaceId,
        environment,
        name,
        sealed: this.#box.seal(value, placeOf(workspaceId, secret)),
        key_id: this.#box.currentKeyId,
        updated_at: new Date(this.#clock.now()).toISOString(),
        updated_by: nameOfActor(actor),
      });
      await this.#audit.record(entryOf('secret.save', actor, workspaceId, secret), transaction);
    });
  }

  async delete(grant: Grant, actor: Actor, secret: SecretName): Promise<void> {
    const { environment, name } = secret;
    const workspaceId = workspaceIdOf(grant);
    await this.#database.transaction(async (transaction) => {
      if (!(await deleteStoredSecret(transaction, { workspace_id: workspaceId, environment, name })))
        throw notFound({
          code: 'secret.unknown',
          message: 'There is no such secret.',
          hint: 'It may have been deleted meanwhile.',
        });
      await this.#audit.record(entryOf('secret.delete', actor, workspaceId, secret), transaction);
    });
  }

  /** Values by name, for the flows of a workspace. Names that are not set are left out. */
  async reveal(
    place: { readonly workspaceId: string; readonly environment: Environment },
    names: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await findStoredSecrets(this.#database.knex, place, names);
    return new Map(
      rows.map((row: StoredSecretRow) => [row.name, this.#box.open(row.sealed, placeOf(place.workspaceId, row))]),
    );
  }
}

// Bound into the ciphertext: a value that is moved to another workspace, environment or name does not open.
function placeOf(workspaceId: string, { environment, name }: SecretName) {
  return { dataSource: `workspace ${workspaceId}`, environment, setting: name };
}

function entryOf(action: string, actor: Actor, workspaceId: string, { environment, name }: SecretName) {
  return { actor, action, workspaceId, target: name, details: { environment } };
}
