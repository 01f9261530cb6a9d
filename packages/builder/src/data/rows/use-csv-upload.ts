import { useRef, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { uploadFile, type Upload } from './upload.ts';

/** Uploading a CSV with progress and a way to stop it. */
export function useCsvUpload<T>(options: {
  readonly dataSource: string;
  /** Where it goes; asked when the upload starts. */
  readonly urlOf: () => string;
  readonly onDone: (answer: T) => void | Promise<void>;
}) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const [part, setPart] = useState(0);
  const running = useRef<Upload<T>>(undefined);
  const upload = useMutation({
    mutationFn: async (file: File) => {
      setPart(0);
      // An upload cannot renew the session half way; a call before it does.
      await client.call(routes.dataSources.read, { params: { workspaceId, dataSource: options.dataSource } });
      running.current = uploadFile<T>(options.urlOf(), file, setPart);
      return running.current.done;
    },
    onSuccess: (answer) => options.onDone(answer),
  });
  return { upload, part, cancel: () => running.current?.cancel() };
}
