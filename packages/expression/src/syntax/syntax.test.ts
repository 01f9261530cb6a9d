import { describe, expect, test } from 'vitest';
import {
  checkExpression,
  compileExpression,
  compileTemplate,
  createScope,
  createScopeObject,
  evaluate,
  hasBinding,
  parseExpression,
  parseTemplate,
  renameIdentifier,
  rewriteExpression,
  rewriteTemplate,
  templateDependencies,
} from '../index.ts';
import type { Expression, ExpressionNode } from '../index.ts';

function parsed(source: string): Expression {
  const result = parseExpression(source);
  if (!result.ok) expect.fail(JSON.stringify(result.error));
  return result.value;
}

function render(text: string, values: Record<string, unknown>): unknown {
  const template = parseTemplate(text);
  if (!template.ok) expect.fail(JSON.stringify(template.error));
  return compileTemplate(template.value)(createScope(values));
}

describe('a setting', () => {
  test('that is one binding keeps the type of its value', () => {
    expect(render(' {{ row }} ', { row: { a: 1 } })).toEqual({ a: 1 });
    expect(render('{{ {a:{b:1}}}}', {})).toEqual({ a: { b: 1 } });
  });

  test('that mixes text and bindings is text, with nothing for nothing', () => {
    expect(render('{{ a }}-{{ b }}-{{ c }}', { a: null, b: 1, c: undefined })).toBe('-1-');
  });

  test('closes a binding after strings, backticks and comments', () => {
    expect(render('{{ "}}" + `}}${ "}}" }` /* }} */ }}', {})).toBe('}}}}}}');
  });

  test('shows braces that are escaped', () => {
    expect(render('\\{{ a }} {{ a }} \\\\{{ a }}', { a: 1 })).toBe('{{ a }} 1 \\1');
    expect(hasBinding('\\{{ a }}')).toBe(false);
    expect(hasBinding('\\\\{{ a }}')).toBe(true);
  });

  test('says where a binding is wrong, in the setting itself', () => {
    expect(parseTemplate('a\n{{ row. }}')).toMatchObject({ ok: false, error: [{ line: 2 }] });
    expect(parseTemplate('x {{ a')).toMatchObject({ ok: false, error: [{ code: 'expression.unclosed', offset: 2 }] });
  });

  test('knows what it reads', () => {
    const template = parseTemplate('{{ a.b[i].c }} {{ list.map(x => x.d + e) }} {{ a["b"] }}');
    expect(template.ok && templateDependencies(template.value)).toEqual([['a', 'b'], ['i'], ['list'], ['e']]);
  });
});

describe('renames', () => {
  const rename = (path: readonly string[]): readonly string[] | undefined =>
    path.join('.') === 'components.table1' ? ['components', 'orders'] : undefined;

  test('change names and keep everything else', () => {
    expect(rewriteExpression('components . table1?.x + components["table1"] /* components.table1 */', rename)).toBe(
      'components . orders?.x + components["orders"] /* components.table1 */',
    );
    expect(rewriteTemplate('components.table1 {{components.table1}} {{ oops( }}', rename)).toBe(
      'components.table1 {{components.orders}} {{ oops( }}',
    );
  });

  test('leave parameters of arrow functions alone and write shorthand members out', () => {
    expect(rewriteExpression('rows.map(components => components.table1)', rename)).toBe(
      'rows.map(components => components.table1)',
    );
    expect(renameIdentifier('{ a, b: a }', 'a', 'z')).toBe('{ a: z, b: z }');
  });
});

describe('checks', () => {
  test('name what was probably meant', () => {
    const known = { components: { table1: { value: true as const } } };
    expect(checkExpression(parsed('compnents.x'), known)).toMatchObject([
      { hint: 'Did you mean "components"?', column: 1 },
    ]);
    expect(checkExpression(parsed('components.tabel1.value'), known)).toMatchObject([
      { hint: 'Did you mean "table1"?', column: 12 },
    ]);
    expect(checkExpression(parsed('roudn(1)'), known)).toMatchObject([
      { code: 'expression.unknown-function', hint: 'Did you mean "round"?' },
    ]);
    expect(checkExpression(parsed('components.table1.value.any.thing'), known)).toEqual([]);
  });
});

describe('evaluation', () => {
  test('reads members of nothing as nothing, and names an unknown name', () => {
    const scope = createScope({ row: null });
    expect(evaluate('row.a.b.trim()', scope)).toEqual({ ok: true, value: undefined });
    expect(evaluate('roww', scope)).toMatchObject({
      ok: false,
      error: { code: 'expression.unknown-name', hint: 'Did you mean "row"?' },
    });
  });

  test('reads scope objects member by member, and gives them out as plain data', () => {
    const reads: string[] = [];
    const table = createScopeObject({
      get: (key) => (reads.push(key), key.length),
      has: (key) => key !== 'none',
      keys: () => ['a', 'bb'],
    });
    const scope = createScope({ table });
    expect(evaluate('table.a + (table.none ?? 5)', scope)).toEqual({ ok: true, value: 6 });
    expect(reads).toEqual(['a']);
    expect(JSON.stringify(evaluate('[table]', scope))).toBe('{"ok":true,"value":[{"a":1,"bb":2}]}');
  });

  test('inner scopes hide names of outer ones', () => {
    expect(evaluate('a + b', createScope({ a: 1 }, createScope({ a: 10, b: 2 })))).toEqual({ ok: true, value: 3 });
  });

  test('never changes what it works on', () => {
    const list = [3, 1, 2];
    expect(evaluate('list.sort((a, b) => a - b).reverse()', createScope({ list }))).toEqual({
      ok: true,
      value: [3, 2, 1],
    });
    expect(list).toEqual([3, 1, 2]);
  });

  test('points a pattern between slashes to matches()', () => {
    expect(parseExpression('ok && /a/.test(x)')).toMatchObject({
      ok: false,
      error: [{ code: 'expression.regex', column: 7 }],
    });
  });

  test('refuses stored trees that are none, when evaluated', () => {
    const trees = [
      {},
      null,
      { kind: '__proto__' },
      { kind: 'member', name: 'a' },
      {
        kind: 'binary',
        operator: 'constructor',
        left: { kind: 'literal', value: 1 },
        right: { kind: 'literal', value: 1 },
      },
      { kind: 'literal', value: { a: 1 } },
      { kind: 'arrow', parameters: [], body: { kind: 'literal', value: 1 } },
    ];
    for (const node of trees) {
      const run = compileExpression({ source: '', node: node as unknown as ExpressionNode });
      expect(() => run(createScope({})), JSON.stringify(node)).toThrow(
        expect.objectContaining({ name: 'EvaluationError' }),
      );
    }
  });
});
