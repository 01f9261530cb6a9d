import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { AppError } from '@fettle/base';
import { useDesign } from '../design-context.ts';

/** Whether publishing stopped because tests of flows failed. */
export function hasFailedTests(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'release.tests-failed';
}

/** The tests that stand in the way, each leading to its place; who may can publish anyway. */
export function FailedTests(props: {
  readonly error: AppError;
  readonly isPublishing: boolean;
  readonly onPublish: () => void;
  readonly onClose: () => void;
}) {
  const { error } = props;
  const { session, view } = useDesign();
  const failed = error.problems ?? [];
  const open = (path: string): void => {
    const test = session.store.getState().app.flowTests[path.replace('/flowTests/', '')];
    if (test === undefined) return;
    view.reveal({ flow: test.flow, flowTest: test.id, path });
    props.onClose();
  };
  return (
    <Alert
      color="red"
      title={`Nothing was published: ${failed.length === 1 ? 'a test of a flow' : `${failed.length} tests of flows`} failed`}
    >
      <Stack gap={4}>
        {failed.slice(0, 5).map(({ path, message }) => (
          <Anchor key={path} component="button" type="button" size="sm" ta="left" onClick={() => open(path)}>
            {message}
          </Anchor>
        ))}
        {failed.length > 5 && <Text size="sm">And {failed.length - 5} more.</Text>}
        <Text size="sm" c="dimmed">
          {error.hint}
        </Text>
        {error.details?.['canPublishAnyway'] === true && (
          <Group justify="flex-end">
            <Button color="red" size="xs" loading={props.isPublishing} onClick={props.onPublish}>
              Publish anyway
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
