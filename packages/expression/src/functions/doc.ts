import { bug } from '@fettle/base';
import type { Json } from '@fettle/base';
import type { FunctionCategory, FunctionSpec, ParameterSpec } from './spec.ts';

/** What is written down of a function. Parameters are `type: description`, in the order of the signature. */
interface Doc {
  readonly about: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly returns: string;
  /** Expression → result. */
  readonly examples: Readonly<Record<string, Json>>;
}

/** Turns the short notation of the documentation files into specs. A key is a signature: `round(value, digits?)`. */
export function describe(category: FunctionCategory, docs: Readonly<Record<string, Doc>>): readonly FunctionSpec[] {
  return Object.entries(docs).map(([signature, doc]) => {
    const open = signature.indexOf('(');
    const names = signature
      .slice(open + 1, -1)
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    return {
      name: signature.slice(0, open),
      category,
      signature,
      description: doc.about,
      parameters: names.map((name) => parameterOf(signature, name, doc.parameters ?? {})),
      returns: doc.returns,
      examples: Object.entries(doc.examples).map(([expression, result]) => ({ expression, result })),
    };
  });
}

function parameterOf(signature: string, written: string, texts: Readonly<Record<string, string>>): ParameterSpec {
  const isOptional = written.endsWith('?') || written.startsWith('...');
  const name = written.replace(/^\.{3}|\?$/g, '');
  const text = texts[name];
  const colon = text?.indexOf(': ') ?? -1;
  if (text === undefined || colon === -1) throw bug(`The parameter ${name} of ${signature} is not described.`);
  const base = { name, type: text.slice(0, colon), description: text.slice(colon + 2) };
  return isOptional ? { ...base, optional: true } : base;
}
