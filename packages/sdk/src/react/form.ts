import { createContext, useContext } from 'react';
import type { ColumnDescription, RelationDescription, TableDescription } from '../data/table.ts';

/** State of one field, for an input inside a form. */
export interface FieldState {
  readonly value: unknown;
  readonly error?: string;
  readonly isDirty: boolean;
  readonly isDisabled: boolean;
  readonly column?: ColumnDescription;
  readonly relation?: RelationDescription;
  set(value: unknown): void;
  /** Tells the form that the person left the field: it shows the field's error from then on. */
  touch(): void;
}

/** What an input registers with its form. */
export interface FieldRules {
  readonly field: string;
  readonly label: string;
  readonly isRequired: boolean;
  /** Answers what is wrong with the value, in words. */
  readonly validate?: (value: unknown) => string | undefined;
  readonly initialValue?: unknown;
}

/** A form around inputs. Implemented by the form component, used by the inputs. */
export interface FormHost {
  readonly table?: TableDescription;
  /** Data source of the table. */
  readonly dataSource?: string;
  readonly mode: 'create' | 'update' | 'view';
  readonly isSubmitting: boolean;
  /** A React hook: registers the field while mounted and answers its state. */
  useField(rules: FieldRules): FieldState;
  /**
   * Has a submit wait for work that a value comes of, such as a file that is being stored. False: it came to nothing, and
   * whoever wanted to submit is to see that first.
   */
  waitFor(work: Promise<boolean>): void;
}

const FormContext = createContext<FormHost | undefined>(undefined);

/** Used by form components around their slots. */
export const FormHostProvider = FormContext.Provider;

/** The form around this component, if any. */
export function useForm(): FormHost | undefined {
  return useContext(FormContext);
}
