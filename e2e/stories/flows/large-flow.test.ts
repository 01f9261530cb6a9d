import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type Command } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { openBuilder } from '../../harness/open-builder.ts';
import type { WatchedPage } from '../../harness/watched-page.ts';
import { flowCanvas } from './flow-editor.ts';

/** Frames longer than this are seen as a stutter, in milliseconds. Other work shares the machine of the tests. */
const stutter = 100;

type Step = Extract<Command, { type: 'step.add' }>['step'];

const action = (name: string): Step => ({
  id: `stp_${name}`,
  name,
  kind: 'action',
  type: 'core/log',
  settings: { message: 'Row {{ trigger.id }}' },
});

/** 300 steps: 50 times a loop with a decision of four steps in it. */
function largeFlow(): readonly Step[] {
  return Array.from({ length: 50 }, (_, index): Step => ({
    id: `stp_loop${index}`,
    name: `loop${index}`,
    kind: 'forEach',
    items: '{{ trigger.rows }}',
    steps: [
      {
        id: `stp_choice${index}`,
        name: `choice${index}`,
        kind: 'branch',
        branches: [
          { id: `br_a${index}`, condition: '{{ item.id > 1 }}', steps: [action(`a${index}`), action(`b${index}`)] },
        ],
        otherwise: [action(`c${index}`), action(`d${index}`)],
      },
    ],
  }));
}

describe('a flow of 300 steps', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'Large');
    const flow = {
      id: 'flw_large',
      name: 'large',
      trigger: { type: 'core/manual', settings: {} },
      steps: [...largeFlow()],
    };
    await app.publish([{ type: 'flow.add', flow }]);
    browser = await launchBrowser();
    builder = await openBuilder(browser, installation, `/edit/${app.id}/flows/flw_large`);
    page = builder.page;
    await page.getByRole('group', { name: /^Trigger/ }).waitFor();
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  /** Runs something and answers how long its frames took, in milliseconds. */
  const framesDuring = async (work: () => Promise<void>): Promise<readonly number[]> => {
    await page.evaluate(() => {
      const frames: number[] = [];
      let last = performance.now();
      const each = (now: number): void => {
        frames.push(now - last);
        last = now;
        if (Object.hasOwn(window, 'flowFrames')) requestAnimationFrame(each);
      };
      Object.assign(window, { flowFrames: frames });
      requestAnimationFrame(each);
    });
    await work();
    const frames = await page.evaluate(() => {
      const found = (window as unknown as { flowFrames?: number[] }).flowFrames ?? [];
      delete (window as unknown as { flowFrames?: number[] }).flowFrames;
      return found;
    });
    return frames.slice(1);
  };
  const report = (what: string, frames: readonly number[]): void => {
    const sorted = frames.toSorted((a, b) => a - b);
    const at = (part: number): string => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1);
    console.info(`${what}: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms, ${frames.length} frames`);
  };
  const share = (frames: readonly number[]): number =>
    frames.filter((frame) => frame > stutter).length / Math.max(1, frames.length);

  it('scrolls from top to bottom without stutter, and draws only what is seen', async () => {
    const canvas = await flowCanvas(page).boundingBox();
    if (canvas === null) throw new TypeError('There is no canvas.');
    await page.mouse.move(canvas.x + 200, canvas.y + 200);
    const frames = await framesDuring(async () => {
      for (let turn = 0; turn < 60; turn += 1) {
        await page.mouse.wheel(0, 160);
        await page.waitForTimeout(16);
      }
    });
    report('scrolling', frames);
    expect(share(frames)).toBeLessThan(0.05);
    expect(await page.locator('[data-step]').count()).toBeLessThan(60);
  });

  it('walks with the arrow keys at once', async () => {
    await flowCanvas(page).focus();
    await page.keyboard.press('Home');
    const frames = await framesDuring(async () => {
      for (let turn = 0; turn < 40; turn += 1) {
        await page.keyboard.press('ArrowDown');
        await page.waitForTimeout(30);
      }
    });
    report('walking', frames);
    expect(share(frames)).toBeLessThan(0.08);
  });

  it('adds a step without a pause that is felt', async () => {
    await page.keyboard.press('Home');
    const frames = await framesDuring(async () => {
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ControlOrMeta+D');
      await page.locator('[data-step="loop50"]').waitFor();
      await page.waitForTimeout(200);
    });
    report('adding six steps', frames);
    expect(Math.max(...frames)).toBeLessThan(600);
  });

  it('shows the whole flow at once, with its map', async () => {
    await flowCanvas(page).focus();
    const frames = await framesDuring(async () => {
      await page.keyboard.press('1');
      await page.waitForTimeout(600);
    });
    report('showing all', frames);
    await page.getByRole('img', { name: 'Map of large' }).waitFor();
    await expect.poll(() => page.locator('[data-step]').count()).toBeGreaterThan(200);
  });
});
