import type { Locator, Page } from 'playwright-core';
import { routes } from '@fettle/testing';
import type { Installation } from '../../harness/installation.ts';

/** A step as its tree is compared: its name, and the lists in it that have steps. */
export type Outline = string | readonly [string, Readonly<Record<string, readonly Outline[]>>];

type Step = Readonly<Record<string, unknown>> & { readonly name: string };

/** The canvas of the open flow. */
export function flowCanvas(page: Page): Locator {
  return page.getByRole('application', { name: /^Steps of/ });
}

/** The card of a step. */
export function cardOf(page: Page, name: string): Locator {
  return page.locator(`[data-step="${name}"]`);
}

/** Types into the open palette and takes the best hit. */
export async function takeFromPalette(page: Page, search: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Search steps and actions' });
  await field.waitFor();
  await page.keyboard.type(search);
  // On a busy machine a key can come before the hit it is for is marked; a person presses once more then.
  for (let turn = 0; turn < 5 && (await field.isVisible()); turn += 1) {
    await page.keyboard.press('Enter');
    await field.waitFor({ state: 'detached', timeout: 2000 }).catch(() => undefined);
  }
  await field.waitFor({ state: 'detached' });
}

/** Gives the selected step another name, and the focus back to the canvas. */
export async function renameStep(page: Page, name: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Name of the step' });
  await field.fill(name);
  await field.press('Enter');
  await cardOf(page, name).waitFor();
  await flowCanvas(page).focus();
}

/** Drags something to the place with this id and lets go there. */
export async function dragTo(page: Page, from: Locator, place: Locator): Promise<void> {
  // Far down in a long panel it is out of sight.
  await from.scrollIntoViewIfNeeded();
  const start = await from.boundingBox();
  const end = await place.boundingBox();
  if (start === null || end === null) throw new TypeError('What is dragged, or where to, is not on the page.');
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2 + 10, start.y + start.height / 2 + 8, { steps: 3 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 12 });
  await page.locator('[data-drop="here"]').waitFor();
  await page.mouse.up();
  await page.locator('[data-drop]').first().waitFor({ state: 'detached' });
}

/** What the server has of a flow, once everything is saved. */
export async function outlineOf(
  page: Page,
  { owner }: Installation,
  appId: string,
  name: string,
): Promise<readonly Outline[]> {
  await page.getByRole('status').getByText('Saved').waitFor();
  const { definition } = await owner.client.call(routes.apps.draft, { params: { appId } });
  const flows = Object.values(definition['flows'] as Record<string, { name: string; steps: readonly Step[] }>);
  return (flows.find((flow) => flow.name === name)?.steps ?? []).map(outline);
}

function outline(step: Step): Outline {
  const lists: Record<string, readonly Outline[]> = {};
  for (const key of ['steps', 'catch', 'finally', 'otherwise']) {
    const list = step[key] as readonly Step[] | undefined;
    if (list !== undefined && list.length > 0) lists[key] = list.map(outline);
  }
  for (const key of ['branches', 'cases', 'lanes']) {
    ((step[key] ?? []) as readonly { steps: readonly Step[] }[]).forEach(({ steps }, index) => {
      if (steps.length > 0) lists[`${key}/${index}`] = steps.map(outline);
    });
  }
  return Object.keys(lists).length === 0 ? step.name : [step.name, lists];
}
