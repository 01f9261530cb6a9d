import type { CompiledComponent, CompiledScreen } from '../compiled.ts';
import type { Component, Screen } from '../kinds/screen.ts';
import { parseBindings } from './parse-bindings.ts';

// Definitions never change in place, so what was compiled once holds for as long as the object lives: an edit of
// one component compiles one component.
const compiledComponents = new WeakMap<Component, CompiledComponent>();
const compiledScreens = new WeakMap<Screen, CompiledScreen>();

/** A component with the bindings of its settings, events and visibility parsed. Equal objects give the equal object. */
export function compileComponent(id: string, component: Component): CompiledComponent {
  const known = compiledComponents.get(component);
  if (known !== undefined && known.id === id) return known;
  const { settings, events, visible } = component;
  const { bindings, problems } = parseBindings({
    settings,
    ...(events === undefined ? {} : { events }),
    ...(visible === undefined ? {} : { visible }),
  });
  const compiled = { ...component, id, bindings, ...(Object.keys(problems).length === 0 ? {} : { problems }) };
  compiledComponents.set(component, compiled);
  return compiled;
}

/** A screen with its bindings parsed. Untouched components keep their identity from one version to the next. */
export function compileScreen(screen: Screen): CompiledScreen {
  const known = compiledScreens.get(screen);
  if (known !== undefined) return known;
  const { components, access: _access, ...rest } = screen;
  const { bindings, problems } = parseBindings({
    title: rest.title,
    ...(rest.events === undefined ? {} : { events: rest.events }),
    ...(rest.state === undefined ? {} : { state: rest.state }),
  });
  const compiled: CompiledScreen = {
    ...rest,
    components: Object.fromEntries(
      Object.entries(components).map(([id, component]) => [id, compileComponent(id, component)]),
    ),
    bindings,
    ...(Object.keys(problems).length === 0 ? {} : { problems }),
  };
  compiledScreens.set(screen, compiled);
  return compiled;
}
