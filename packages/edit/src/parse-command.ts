import { fail, isJsonObject, ok, type Problem, type Result } from '@fettle/base';
import { checkSchema, guardJson } from '@fettle/definition';
import { Type } from 'typebox';
import { commands, type Command, type SingleCommand } from './command-table.ts';

/** A batch. Its commands are checked one by one; a batch holds no batches. */
export const batchSchema = Type.Object(
  {
    type: Type.Literal('batch'),
    title: Type.Optional(Type.String({ maxLength: 200 })),
    commands: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 2_000 }),
  },
  { additionalProperties: false },
);

/** Checks that untrusted JSON is a command. Whether it fits an app is said by `applyCommand`. */
export function parseCommand(json: unknown): Result<Command, readonly Problem[]> {
  const unsafe = guardJson(json);
  if (unsafe.length > 0) return fail(unsafe);
  if (!isJsonObject(json) || json['type'] !== 'batch') {
    const problems = checkSingle(json, '');
    return problems.length > 0 ? fail(problems) : ok(json as unknown as SingleCommand);
  }
  const problems = checkSchema(batchSchema, json, '');
  if (problems.length > 0) return fail(problems);
  const inner = (json['commands'] as readonly unknown[]).flatMap((command, index) =>
    checkSingle(command, `/commands/${index}`),
  );
  return inner.length > 0 ? fail(inner) : ok(json as unknown as Command);
}

function checkSingle(json: unknown, path: string): readonly Problem[] {
  if (!isJsonObject(json)) return [{ path, code: 'schema.type', message: 'A command is an object.' }];
  const { type } = json;
  if (typeof type !== 'string' || !Object.hasOwn(commands, type)) {
    return [
      {
        path: `${path}/type`,
        code: 'command.unknown',
        message: `There is no command ${JSON.stringify(type) ?? 'without a type'}.`,
      },
    ];
  }
  return checkSchema(commands[type as SingleCommand['type']].schema, json, path);
}
