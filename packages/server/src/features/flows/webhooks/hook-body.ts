import { inputError, type Json } from '@fettle/base';

/** A file in a body. `place` is where the body has it: whoever stores the file writes down there what was stored. */
export interface HookFile {
  readonly bytes: Buffer;
  readonly place: { id?: string; name: string; size: number; type: string };
}

/** The body of a webhook as a value, and the files in it. */
export interface HookBody {
  readonly body: Json;
  readonly files: readonly HookFile[];
}

/** Fields by name; a name that stands there more than once has a list. */
export class HookFields {
  readonly #most: number;
  readonly #fields = new Map<string, Json[]>();
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(name: string, value: Json): void {
    if (name === '__proto__' || name === 'constructor' || name === 'prototype')
      throw inputError({ code: 'body.forbidden-key', message: `The body may not have a field named "${name}".` });
    const before = this.#fields.get(name);
    if (before === undefined) this.#fields.set(name, [value]);
    else before.push(value);
    this.#count += 1;
    if (this.#count > this.#most)
      throw inputError({ code: 'body.too-many-fields', message: `The body has more than ${this.#most} fields.` });
  }

  value(): Json {
    return Object.fromEntries(
      [...this.#fields].map(([name, values]) => [name, values.length === 1 ? (values[0] as Json) : values]),
    );
  }
}
