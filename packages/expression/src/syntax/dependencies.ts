import type { DependencyPath, Template } from './expression.ts';

/** What a setting reads from the scope, each path once. */
export function templateDependencies(template: Template): readonly DependencyPath[] {
  if (template.kind === 'literal') return [];
  if (template.kind === 'expression') return template.expression.dependencies;
  const paths = new Map<string, DependencyPath>();
  for (const part of template.parts) {
    if (typeof part !== 'string') for (const path of part.dependencies) paths.set(JSON.stringify(path), path);
  }
  return [...paths.values()];
}
