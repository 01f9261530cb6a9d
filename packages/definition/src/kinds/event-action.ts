import { Type } from 'typebox';
import { bindableText, idSchema, settingsSchema } from './common.ts';

/**
 * What happens on an event. Actions of a list run one after the other; `onSuccess` runs after it with `result` in
 * scope, `onError` with `error`. An action that fails without `onError` shows its error and stops the list.
 */
export interface EventAction {
  readonly id: string;
  /** An event action type, e.g. `core/run-query`. */
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Run only when this binding is truthy. */
  readonly condition?: string;
  /** Ask first. */
  readonly confirm?: {
    readonly title: string;
    readonly message?: string;
    readonly button?: string;
    readonly danger?: boolean;
  };
  readonly onSuccess?: readonly EventAction[];
  readonly onError?: readonly EventAction[];
}

/** JSON Schema of {@link EventAction}; nested lists are checked by the invariant `event-actions`. */
export const eventActionSchema = Type.Unsafe<EventAction>(
  Type.Object(
    {
      id: idSchema,
      type: Type.String({ maxLength: 100 }),
      settings: settingsSchema,
      condition: Type.Optional(bindableText),
      confirm: Type.Optional(
        Type.Object(
          {
            title: bindableText,
            message: Type.Optional(bindableText),
            button: Type.Optional(bindableText),
            danger: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
      ),
      onSuccess: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 50 })),
      onError: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 50 })),
    },
    { additionalProperties: false },
  ),
);
