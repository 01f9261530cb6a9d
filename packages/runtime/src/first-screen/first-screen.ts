import type { RunnableApp } from '@fettle/contract';
import { loadPatternEngine, needsPatternEngine } from '@fettle/expression';
import type { ExtensionRegistry } from '../state/extension-registry.ts';
import type { FirstAnswer } from './first-answers.ts';

/** What the server sends along with the page of a published app, so that its first screen needs no request. */
export interface FirstScreen {
  readonly definition: RunnableApp;
  readonly answers: readonly FirstAnswer[];
}

/** Id of the element of the page that holds the {@link FirstScreen} as JSON. */
export const firstScreenElement = 'fettle-first-screen';

/** Takes the first screen out of the page; undefined when the server sent none. */
export function takeFirstScreen(page: Document): FirstScreen | undefined {
  const element = page.getElementById(firstScreenElement);
  if (element === null) return undefined;
  element.remove();
  return JSON.parse(element.textContent) as FirstScreen;
}

/** Loads the code that rendering a screen needs, so that its first rendering is whole. Never rejects. */
export async function loadForScreen(
  definition: RunnableApp,
  screen: string | undefined,
  extensions: ExtensionRegistry,
): Promise<void> {
  const { components = {} } = (screen === undefined ? undefined : definition.client.screens[screen]) ?? {};
  const types = new Set(Object.values(components).map(({ type }) => type));
  // A component that cannot be loaded says so in its place.
  const loads = [...types].map((type) => extensions.whenLoaded(type));
  // The pattern functions need an engine that most apps can do without.
  if (needsPatternEngine(definition.client)) loads.push(loadPatternEngine().catch(() => undefined));
  await Promise.all(loads);
}
