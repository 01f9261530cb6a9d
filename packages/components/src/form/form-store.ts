import { jsonEquals } from '@fettle/base';
import type { ColumnDescription } from '@fettle/sdk';
import type { FieldRules } from '@fettle/sdk/react';
import { isEmptyValue } from '../inputs/check-value.ts';
import { complaintAbout } from '../inputs/use-input-field.ts';

/** What an input sees of its field. The same object until something about it changes. */
export interface FieldSnapshot {
  readonly value: unknown;
  readonly error: string | undefined;
  readonly isDirty: boolean;
}

/** What the form as a whole looks like. */
export interface FormSnapshot {
  readonly values: Readonly<Record<string, unknown>>;
  readonly isDirty: boolean;
  readonly isValid: boolean;
  readonly dirtyFields: readonly string[];
}

type Listener = () => void;

/** Values, what they were, who was visited and what is wrong: a form without any looks. */
export class FormStore {
  #values = new Map<string, unknown>();
  #initial = new Map<string, unknown>();
  #rules = new Map<string, FieldRules>();
  #columns = new Map<string, ColumnDescription>();
  #visited = new Set<string>();
  #serverErrors = new Map<string, { readonly message: string; readonly value: unknown }>();
  #fieldSnapshots = new Map<string, FieldSnapshot>();
  #snapshot: FormSnapshot | undefined;
  #listeners = new Set<Listener>();

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The form as it is now. */
  get snapshot(): FormSnapshot {
    this.#snapshot ??= {
      values: Object.fromEntries(this.#values),
      dirtyFields: this.dirtyFields(),
      isDirty: this.dirtyFields().length > 0,
      isValid: this.invalidFields().length === 0,
    };
    return this.#snapshot;
  }

  /** One field as it is now. */
  field(name: string): FieldSnapshot {
    const before = this.#fieldSnapshots.get(name);
    const next: FieldSnapshot = {
      value: this.#values.get(name),
      error: this.#visited.has(name) ? this.errorOf(name) : this.#serverErrorOf(name),
      isDirty: this.isDirty(name),
    };
    if (
      before !== undefined &&
      Object.is(before.value, next.value) &&
      before.error === next.error &&
      before.isDirty === next.isDirty
    ) {
      return before;
    }
    this.#fieldSnapshots.set(name, next);
    return next;
  }

  /** A field joins the form. Without a value of its own yet, it starts with its initial one. */
  register(rules: FieldRules, column: ColumnDescription | undefined): void {
    const { field } = rules;
    this.#rules.set(field, rules);
    if (column === undefined) this.#columns.delete(field);
    else this.#columns.set(field, column);
    const isUntouched = !this.#values.has(field) || (!this.isDirty(field) && isEmptyValue(this.#values.get(field)));
    if (isUntouched && !isEmptyValue(rules.initialValue)) {
      this.#values.set(field, rules.initialValue);
      this.#initial.set(field, rules.initialValue);
    } else if (!this.#values.has(field)) {
      this.#values.set(field, null);
      this.#initial.set(field, null);
    }
    this.#changed();
  }

  /** A field leaves, with its rules; its value stays, for tabs and steps that come and go. */
  unregister(field: string): void {
    this.#rules.delete(field);
    this.#changed();
  }

  set(field: string, value: unknown): void {
    if (Object.is(this.#values.get(field), value)) return;
    this.#values.set(field, value);
    this.#changed();
  }

  touch(field: string): void {
    if (this.#visited.has(field)) return;
    this.#visited.add(field);
    this.#changed();
  }

  touchAll(): void {
    for (const field of this.#rules.keys()) this.#visited.add(field);
    this.#changed();
  }

  /** Starts over from these values. Fields not named become empty. */
  reset(values: Readonly<Record<string, unknown>>): void {
    this.#values = new Map(Object.entries(values));
    for (const [field, rules] of this.#rules) {
      if (isEmptyValue(this.#values.get(field))) this.#values.set(field, values[field] ?? rules.initialValue ?? null);
    }
    this.#initial = new Map(this.#values);
    this.#visited.clear();
    this.#serverErrors.clear();
    this.#changed();
  }

  /** The stored row moved on: what the person has not changed follows, and what was changed now departs from it. */
  rebase(values: Readonly<Record<string, unknown>>): void {
    for (const [field, value] of Object.entries(values)) {
      if (!this.isDirty(field)) this.#values.set(field, value);
      this.#initial.set(field, value);
    }
    this.#changed();
  }

  /** Complaints of the server. Each lasts until its field changes. */
  setServerErrors(errors: Readonly<Record<string, string>>): void {
    this.#serverErrors = new Map(
      Object.entries(errors).map(([field, message]) => [field, { message, value: this.#values.get(field) }]),
    );
    this.#changed();
  }

  isDirty(field: string): boolean {
    const [value, initial] = [this.#values.get(field), this.#initial.get(field)];
    return !(isEmptyValue(value) && isEmptyValue(initial)) && !jsonEquals(value, initial);
  }

  dirtyFields(): readonly string[] {
    return [...this.#values.keys()].filter((field) => this.isDirty(field));
  }

  initialOf(field: string): unknown {
    return this.#initial.get(field);
  }

  valueOf(field: string): unknown {
    return this.#values.get(field);
  }

  knows(field: string): boolean {
    return this.#rules.has(field);
  }

  /** What is wrong with a field, visited or not. */
  errorOf(field: string): string | undefined {
    const rules = this.#rules.get(field);
    const value = this.#values.get(field);
    return (
      this.#serverErrorOf(field) ??
      (rules === undefined ? undefined : complaintAbout(rules, value, this.#columns.get(field)))
    );
  }

  invalidFields(): readonly string[] {
    return [...this.#rules.keys()].filter((field) => this.errorOf(field) !== undefined);
  }

  #serverErrorOf(field: string): string | undefined {
    const error = this.#serverErrors.get(field);
    return error !== undefined && Object.is(error.value, this.#values.get(field)) ? error.message : undefined;
  }

  #changed(): void {
    this.#snapshot = undefined;
    for (const listener of this.#listeners) listener();
  }
}
