import { Button } from '@mantine/core';
import { IconTestPipe } from '@tabler/icons-react';
import type { Flow } from '@fettle/definition';
import { useApp, useDesign, useView } from '../../design-context.ts';

/** Opens the tests of the flow. */
export function TestsButton({ flow }: { readonly flow: Flow }) {
  const { view } = useDesign();
  const isOpen = useView((state) => state.isTestsOpen && !state.isRunsOpen);
  const count = useApp((app) => Object.values(app.flowTests).filter((test) => test.flow === flow.id).length);
  return (
    <Button
      size="xs"
      variant={isOpen ? 'light' : 'subtle'}
      color={isOpen ? 'accent' : 'gray'}
      leftSection={<IconTestPipe size={14} />}
      aria-pressed={isOpen}
      onClick={() => (isOpen ? view.closeTests() : view.openTests())}
    >
      {count === 0 ? 'Tests' : `Tests (${count})`}
    </Button>
  );
}
