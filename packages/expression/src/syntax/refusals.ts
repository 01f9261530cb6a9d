/** Why a piece of JavaScript is not part of the language, by the parser's node type. */
export const refusals: Readonly<Record<string, { readonly message: string; readonly hint?: string }>> = {
  AssignmentExpression: {
    message: 'An expression cannot assign a value.',
    hint: 'Use === to compare. To change state, use an event action such as "Set state".',
  },
  UpdateExpression: { message: 'An expression cannot change a value with ++ or --.', hint: 'Write x + 1 or x - 1.' },
  NewExpression: {
    message: '"new" is not available in expressions.',
    hint: 'For dates use now(), today() or parseDate(text).',
  },
  ThisExpression: { message: '"this" is not available in expressions.', hint: 'Name the component: components.name.' },
  Super: { message: '"super" is not available in expressions.' },
  ClassExpression: { message: 'Classes are not available in expressions.' },
  FunctionExpression: {
    message: '"function" is not available in expressions.',
    hint: 'Use an arrow function: x => x.name.',
  },
  AwaitExpression: {
    message: '"await" is not available in expressions.',
    hint: 'Run a query by an event and read its data here.',
  },
  YieldExpression: { message: '"yield" is not available in expressions.' },
  ImportExpression: { message: '"import" is not available in expressions.' },
  MetaProperty: { message: 'import.meta and new.target are not available in expressions.' },
  SequenceExpression: {
    message: 'An expression holds one value; a comma makes two of it.',
    hint: 'Remove the comma, or use a list: [a, b].',
  },
  TaggedTemplateExpression: {
    message: 'A name directly before a text in backticks is not available.',
    hint: 'Put the text in a call: name(`text`).',
  },
  PrivateIdentifier: { message: 'Names with # are not available in expressions.' },
};

/** Words that begin statements: they get a hint instead of a bare "unexpected". */
export const statementWords: ReadonlySet<string> = new Set([
  'if',
  'else',
  'for',
  'while',
  'do',
  'switch',
  'case',
  'return',
  'var',
  'let',
  'const',
  'throw',
  'try',
  'with',
  'import',
  'export',
  'break',
  'continue',
  'debugger',
  'enum',
  'catch',
  'finally',
]);
