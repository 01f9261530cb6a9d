import { useMutation } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { notifyError, notifySuccess } from '../../../shell/notify.ts';
import { useDesign } from '../../design-context.ts';
import { keepResults } from './test-results.ts';

/** Runs tests of the open flow: the one named, or all that are on. */
export function useRunTests(flow: string) {
  const client = useClient();
  const { appId, session } = useDesign();
  return useMutation({
    mutationFn: async (test: string | undefined) => {
      // The server tests what it has: what was just edited must be there.
      await session.flush();
      const { app } = session.store.getState();
      const body = test === undefined ? { flow, hasJournals: true } : { tests: [test], hasJournals: true };
      const { results } = await client.call(routes.flowTests.run, { params: { appId }, body });
      keepResults(results, app);
      return results;
    },
    onError: (error) => notifyError(error, 'The tests were not run'),
  });
}

/** Makes a test of a run, adds it to the draft and opens it. */
export function useMakeTest() {
  const client = useClient();
  const { appId, session, view } = useDesign();
  return useMutation({
    mutationFn: async (run: string) => {
      await session.flush();
      return client.call(routes.flowTests.make, { params: { appId, run } });
    },
    onSuccess: ({ test, notes }) => {
      const added = session.dispatch({
        type: 'flowTest.add',
        test: notes.length === 0 ? test : { ...test, description: notes.join(' ').slice(0, 2000) },
      });
      if (!added.ok) return notifyError(added.error, 'The test was not added');
      notifySuccess(`The test ${test.name} was added.`);
      if (view.getState().flow !== test.flow) view.openFlow(test.flow);
      view.openTests(test.id);
    },
    onError: (error) => notifyError(error, 'No test was made'),
  });
}
