import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { TestContext } from 'vitest';
import type { WatchedPage } from './watched-page.ts';

/** After each step: a failed one leaves a picture of the page; a passed one must have left nothing wrong in it. */
export async function checkPage(watched: WatchedPage, { task }: Pick<TestContext, 'task'>): Promise<void> {
  if (task.result?.state !== 'fail') {
    watched.expectClean();
    return;
  }
  const path = join(tmpdir(), `fettle-story-${task.name.replaceAll(/\W+/g, '-').slice(0, 60)}.png`);
  await watched.page.screenshot({ path }).catch(() => undefined);
  console.error(`The page as it was: ${path}`, watched.problems());
}
