import { parseTemplate, type Template } from '@fettle/expression';
import type { Bindings, BindingProblems } from '../compiled.ts';
import { walkTexts } from '../walk-settings.ts';

/** The bindings of some texts, and what is wrong with those that do not parse. */
export interface ParsedBindings {
  readonly bindings: Bindings;
  readonly problems: BindingProblems;
}

/**
 * Parses every text that has `{{` in it, also when it is escaped: then the template is a literal without the escape.
 * Keys are JSON pointers below `holder`.
 */
export function parseBindings(holder: Readonly<Record<string, unknown>>): ParsedBindings {
  const bindings: Record<string, Template> = {};
  const problems: Record<string, string> = {};
  for (const [key, value] of Object.entries(holder)) {
    walkTexts(value, `/${key}`, (text, path) => {
      if (!text.includes('{{')) return;
      const template = parseTemplate(text);
      if (template.ok) bindings[path] = template.value;
      else problems[path] = template.error[0]?.message ?? 'This binding cannot be read.';
    });
  }
  return { bindings, problems };
}
