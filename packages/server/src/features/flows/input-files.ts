import { inputError, isJsonObject, type Json } from '@fettle/base';
import type { FlowInput } from '@fettle/definition';
import type { Files } from '../files/files.service.ts';

/** Inputs of a flow with what is stored of the files that they name: nobody's word is taken for it. */
export async function withFiles(
  files: Pick<Files, 'describe'>,
  workspaceId: string,
  { inputs, values }: { readonly inputs: readonly FlowInput[]; readonly values: Readonly<Record<string, Json>> },
): Promise<Readonly<Record<string, Json>>> {
  const all = { ...values };
  for (const { name, type } of inputs) {
    const value = all[name];
    if (type !== 'file' || !isJsonObject(value)) continue;
    const file = await files.describe(workspaceId, String(value['id']));
    if (file === undefined)
      throw inputError({
        code: 'flow.file-unknown',
        message: `The file for "${name}" is not there.`,
        hint: 'Choose the file again.',
        problems: [{ path: `/input/${name}`, message: 'There is no such file.' }],
      });
    all[name] = { ...file };
  }
  return all;
}
