import type { Grant } from '@fettle/access';
import type { FlowFiles } from '@fettle/sdk/server';
import type { FilePlace, Files } from '../../files/files.service.ts';

/** Files of the workspace for one run. */
export function createFlowFiles(files: Files, grant: Grant, place: FilePlace): FlowFiles {
  return {
    read: (id) => files.read({ grant, file: id }),
    write: async (file) => (await files.write({ grant, place, file })).id,
  };
}
