import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until something becomes true. */
export function until(check: () => Promise<boolean>): Promise<void> {
  return expect.poll(check, { timeout: 15_000 }).toBe(true);
}

/** The canvas of the builder. */
export function canvasOf(page: Page): Locator {
  return page.getByRole('application', { name: /^Canvas/ });
}

/** Opens a panel from the rail. */
export async function openPanel(page: Page, name: string): Promise<Locator> {
  const button = page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name });
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
  return page.getByRole('complementary', { name: 'Panel' });
}

/** Shows a screen on the canvas. */
export async function selectScreen(page: Page, name: string): Promise<void> {
  const panel = await openPanel(page, 'Screens and components');
  await panel.getByRole('button', { name: new RegExp(`^${name} /`) }).click();
}

/** Drags a component from the palette with the pointer and drops it before or below something on the canvas. */
export async function addFromPalette(
  page: Page,
  title: string,
  target: Locator,
  where: 'before' | 'below',
): Promise<void> {
  const panel = await openPanel(page, 'Add a component');
  const entry = panel.getByRole('button', { name: title, exact: true });
  await entry.scrollIntoViewIfNeeded();
  const from = await entry.boundingBox();
  const to = await target.boundingBox();
  if (from === null || to === null)
    throw new TypeError(`${title} cannot be dragged: it or its target is not on the page.`);
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2 + 8, { steps: 4 });
  const x = where === 'before' ? to.x + 4 : to.x + to.width / 2;
  const y = where === 'before' ? to.y + to.height / 2 : to.y + to.height + 3;
  await page.mouse.move(x, y, { steps: 12 });
  // A hand is never quite still: the line follows the last movement.
  const line = page.locator('#drop-line');
  for (let turn = 0; turn < 20 && !(await line.isVisible()); turn += 1) {
    await page.mouse.move(x + (turn % 2), y);
    await page.waitForTimeout(50);
  }
  await page.mouse.move(x, y);
  await line.waitFor();
  await page.mouse.up();
  await line.waitFor({ state: 'detached' });
}

/** Publishes the draft with a note; `look` sees the dialog first. */
export async function publish(page: Page, note: string, look?: (dialog: Locator) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Publish changes/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish changes' });
  await dialog.getByRole('textbox').fill(note);
  await look?.(dialog);
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Opens the workbench for queries. */
export async function openQueries(page: Page): Promise<Locator> {
  const button = page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Queries' });
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
  return page.getByRole('region', { name: 'Queries' });
}

/** Writes into a field that takes its value on leaving it. */
export async function rename(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.press('Tab');
}

/** Picks an option of a select. */
export async function choose(page: Page, select: Locator, option: string): Promise<void> {
  await select.click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Sets the roles of a picker to exactly these. */
export async function pickRoles(page: Page, picker: Locator, roles: readonly string[]): Promise<void> {
  // The pills lie over the input that carries the role.
  await picker.click({ force: true });
  const list = page.getByRole('listbox').filter({ visible: true });
  await list.getByRole('option').first().waitFor();
  for (const name of await list.getByRole('option').allTextContents()) {
    const option = list.getByRole('option', { name, exact: true });
    const isPicked = (await option.getAttribute('aria-selected')) === 'true';
    if (isPicked !== roles.includes(name)) await option.click();
  }
  await page.keyboard.press('Escape');
}

/** Writes a text with bindings into a setting. */
export async function fillBinding(page: Page, field: Locator, text: string): Promise<void> {
  await field.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Tab');
}

/** Sets the first condition of a running app's table: a linked row, found by its label. */
export async function filterByLinked(page: Page, column: string, label: string): Promise<void> {
  const condition = page.getByRole('group', { name: 'Condition 1' });
  await condition.getByRole('combobox', { name: 'Column' }).selectOption({ label: column });
  const value = condition.getByLabel('Value').last();
  await value.click();
  await page.keyboard.insertText(label);
  await page.getByRole('option', { name: label, exact: true }).click();
}
