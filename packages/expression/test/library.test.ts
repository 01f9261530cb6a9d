import { describe, expect, test } from 'vitest';
import {
  checkExpression,
  checkLibrary,
  createFunctionLibrary,
  createScope,
  createScopeObject,
  evaluate,
  EvaluationError,
  libraryName,
  libraryNamesIn,
  loadLibrary,
  parseExpression,
  parseLibrary,
  type LibraryDefinition,
  type LibraryDefinitions,
} from '../src/index.ts';

const define = (expression: string, parameters: LibraryDefinition['parameters'] = []): LibraryDefinition => ({
  parameters,
  returns: 'any',
  expression,
});
const any = (name: string) => ({ name, type: 'any' }) as const;

const definitions: LibraryDefinitions = {
  '$ops.double': define('n * 2', [{ name: 'n', type: 'number' }]),
  '$ops.twice': define('$ops.double($ops.double(n))', [{ name: 'n', type: 'number' }]),
  '$ops.greet': define('`${word}, ${name ?? "you"}!`', [
    { name: 'name', type: 'text', optional: true },
    { name: 'word', type: 'text', default: 'Hello' },
  ]),
  '$ops.first': define('a', [any('a'), { ...any('b'), optional: true }]),
  '$ops.doubles': define('list.map(item => $ops.double(item) + list.length)', [{ name: 'list', type: 'list' }]),
  '$ops.pairs': define('list.map(x => list.map(y => $ops.joined(x, y)).length)', [{ name: 'list', type: 'list' }]),
  '$ops.joined': define('[x, y].map(item => `${item}`).join("")', [any('x'), any('y')]),
  '$ops.peek': define('typeof state', []),
  '$ops.fails': define('toNumber(value) + round("x")', [any('value')]),
};

function run(source: string, values: Record<string, unknown> = {}, given: LibraryDefinitions = definitions): unknown {
  const result = evaluate(source, createScope(values), { functions: loadLibrary(given) });
  if (result.ok) return result.value;
  if (result.error instanceof EvaluationError) throw result.error;
  throw new Error(result.error.map(({ message }) => message).join(' '));
}

describe('library functions', () => {
  test('are called by their name and give what their text says', () => {
    expect(run('$ops.double(21)')).toBe(42);
    expect(run('1 + $ops.twice(row.n)', { row: { n: 5 } })).toBe(21);
    expect(run('rows.map(row => $ops.double(row.n))', { rows: [{ n: 1 }, { n: 2 }] })).toEqual([2, 4]);
    expect(run('$ops.doubles([1, 2])')).toEqual([4, 6]);
  });

  test('take defaults for what is left out or undefined, not for null', () => {
    expect(run('$ops.greet()')).toBe('Hello, you!');
    expect(run('$ops.greet(undefined, undefined)')).toBe('Hello, you!');
    expect(run('$ops.greet("Ada", "Good day")')).toBe('Good day, Ada!');
    expect(run('$ops.greet(...["Ada"])')).toBe('Hello, Ada!');
    expect(run('$ops.greet("Ada", null)')).toBe(', Ada!');
  });

  test('get each argument evaluated once and before the call, as standard functions do', () => {
    let reads = 0;
    const row = createScopeObject({ get: () => (reads += 1), has: () => true, keys: () => ['n'] });
    expect(run('$ops.twice(row.n)', { row })).toBe(4);
    expect(reads).toBe(1);
    // Also the one that the function does not look at: what an expression reads does not depend on a plugin's version.
    expect(run('$ops.first(1, row.n)', { row })).toBe(1);
    expect(reads).toBe(2);
    expect(() => run('$ops.first(1, nowhere)')).toThrow('There is nothing named "nowhere" here.');
  });

  test('see their parameters and nothing of the place of call', () => {
    expect(run('$ops.peek()', { state: { secret: 1 } })).toBe('undefined');
    expect(run('[1].map(state => $ops.peek())', { state: 1 })).toEqual(['undefined']);
    const leaky = { '$ops.leak': define('state.secret') };
    expect(() => run('$ops.leak()', { state: { secret: 1 } }, leaky)).toThrow('There is nothing named "state" here.');
    expect(() => run('[1].map(n => $ops.leak())', { state: { secret: 1 } }, leaky)).toThrow('"state"');
  });

  test('leave the arrow parameters around a call as they were', () => {
    expect(run('[1, 2].map(x => [3].map(n => `${x}${n}${$ops.double(n)}${x}${n}`)[0])')).toEqual(['13613', '23623']);
    expect(run('$ops.pairs(["a", "b"])')).toEqual([2, 2]);
    expect(run('[7].map(x => $ops.joined($ops.joined(x, 1), $ops.joined(2, x)))')).toEqual(['7127']);
  });

  test('can be given and give back what the host reads lazily', () => {
    const table = createScopeObject({ get: (key) => `value of ${key}`, has: () => true, keys: () => ['a'] });
    expect(run('$ops.first(table).a', { table })).toBe('value of a');
    expect(run('$ops.first(table)', { table })).toEqual({ a: 'value of a' });
  });

  test('blame the call for what goes wrong inside', () => {
    const source = '1 + $ops.fails(2)';
    const result = evaluate(source, createScope({}), { functions: loadLibrary(definitions) });
    expect(result).toMatchObject({
      ok: false,
      error: { message: 'In $ops.fails: A number is expected here.', offset: 4, length: 13 },
    });
    expect(() => run('$ops.double()')).toThrow('needs at least 1 argument');
    expect(() => run('$ops.double(1, 2)')).toThrow('takes at most 1 argument');
    expect(() => run('$ops.first(x => x)')).toThrow('takes no arrow function');
  });

  test('say plainly when they are not there', () => {
    expect(() => run('$ops.dubble(1)')).toThrow('There is no function "$ops.dubble".');
    const hintOf = (source: string, functions = definitions) => {
      const parsed = parseExpression(source);
      if (!parsed.ok) throw new Error(source);
      return checkExpression(parsed.value, {}, functions)[0]?.hint;
    };
    expect(hintOf('$ops.dubble(1)')).toBe('Did you mean "$ops.double"?');
    expect(hintOf('$ops.somethingElse(1)')).toContain('another version');
    expect(hintOf('$ops.double(1)', {})).toContain('install it or turn it on');
    expect(hintOf('$ops')).toContain('$ops.name(…)');
    const missing = evaluate('$ops.double(1)', createScope({}));
    expect(missing).toMatchObject({ ok: false, error: { code: 'expression.unknown-function' } });
  });

  test('are spelled in one way, so that their uses are found', () => {
    for (const source of ['$ops?.double(1)', '$ops["double"](1)', '$ops . double(1)', '$\\u006fps.double(1)'])
      expect(parseExpression(source).ok, source).toBe(false);
    expect(parseExpression('$ops.constructor(1)').ok).toBe(false);
    expect(parseExpression('$ops.__proto__(1)').ok).toBe(false);
    expect(libraryNamesIn('{{ $ops.double($it_1.b(2)) }} $5 $ops. x')).toEqual(['$ops.double', '$it_1.b']);
    expect(run('[" a "].map($ops => $ops.trim())')).toEqual(['a']);
  });

  test('have names that differ when ids do', () => {
    expect(libraryName('it-operations/ip-in-network')).toBe('$itOperations.ipInNetwork');
    const ids = ['a-1/x', 'a1/x', 'a-b/x', 'ab/x', 'a-b1/x', 'a-b-1/x', 'a/b-x', 'a/bx'];
    expect(new Set(ids.map(libraryName)).size).toBe(ids.length);
  });

  test('give the same from JSON that went to a browser', () => {
    const sent = JSON.parse(JSON.stringify(parseLibrary(definitions))) as ReturnType<typeof parseLibrary>;
    const result = evaluate('$ops.greet($ops.joined(1, 2))', createScope({}), {
      functions: createFunctionLibrary(sent),
    });
    expect(result).toEqual({ ok: true, value: 'Hello, 12!' });
  });
});

describe('types of arguments', () => {
  const known: LibraryDefinitions = {
    '$t.f': {
      returns: 'number',
      expression: '1',
      parameters: [
        { name: 'text', type: 'text' },
        { name: 'count', type: 'number', optional: true },
        { name: 'list', type: 'list', optional: true },
      ],
    },
  };
  const problems = (source: string): readonly string[] => {
    const parsed = parseExpression(source);
    return parsed.ok ? checkExpression(parsed.value, { row: true }, known).map(({ message }) => message) : ['no'];
  };

  test('are checked where the form of an argument says them', () => {
    expect(problems('$t.f(row.a, row.b, row.c)')).toEqual([]);
    expect(problems('$t.f("a", "5", [1])')).toEqual([]);
    expect(problems('$t.f(5, null, null)')).toEqual([]);
    expect(problems('$t.f(["a"], "five", "b")')).toEqual([
      '"text" of "$t.f" is to be a text.',
      '"count" of "$t.f" is to be a number.',
      '"list" of "$t.f" is to be a list.',
    ]);
    expect(problems('$t.f("a", {}, $t.f("b"))')).toHaveLength(2);
    expect(problems('$t.f()')).toEqual(['"$t.f" needs at least 1, not 0.']);
  });
});

describe('hostile libraries', () => {
  const messages = (given: LibraryDefinitions): readonly string[] =>
    checkLibrary(given).map(({ name, path, message }) => `${name}${path} ${message}`);

  test('that call themselves are refused, directly and through others', () => {
    expect(messages({ '$h.a': define('$h.a()') })).toEqual([
      expect.stringContaining('It calls itself: $h.a → $h.a') as string,
    ]);
    const circle = { '$h.a': define('$h.b()'), '$h.b': define('[1].map(x => $h.c())'), '$h.c': define('$h.a()') };
    expect(messages(circle)).toEqual([expect.stringContaining('$h.a → $h.b → $h.c → $h.a') as string]);
  });

  test('that reach for anything but their parameters are refused', () => {
    expect(messages({ '$h.a': define('state.x + user.email + a', [any('a')]) })).toHaveLength(2);
    expect(messages({ '$h.a': define('$other.b(1)') })[0]).toContain('those of its own plugin');
    expect(messages({ '$h.a': define('constructor') })).toHaveLength(1);
    expect(messages({ '$h.a': define('a.constructor', [any('a')]) })).toHaveLength(1);
    expect(messages({ '$h.a': define('(() => 1)()') })).toHaveLength(1);
  });

  test('with parameters that mean something else are refused', () => {
    for (const name of ['__proto__', 'constructor', 'prototype', 'undefined', 'NaN'])
      expect(messages({ '$h.a': define('1', [any(name)]) }), name).toHaveLength(1);
    expect(messages({ '$h.a': define('x', [any('x'), any('x')]) })).toHaveLength(1);
    expect(messages({ '$h.a': define('x', [{ ...any('x'), optional: true }, any('y')]) })).toHaveLength(1);
  });

  test('that would be too large, deep or long are refused, quickly', () => {
    const started = performance.now();
    const chain = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`$h.f${index}`, define(index === 0 ? '1' : `$h.f${index - 1}()`)]),
    );
    expect(messages(chain)).toEqual([expect.stringContaining('at most 8 deep') as string]);
    const wide = Object.fromEntries(
      Array.from({ length: 7 }, (_, index) => [
        `$h.g${index}`,
        define(index === 0 ? '1' : `[${Array.from({ length: 300 }, () => `$h.g${index - 1}()`).join(', ')}]`),
      ]),
    );
    expect(messages(wide)).toEqual([expect.stringContaining('$h.g2') as string]);
    expect(messages({ '$h.a': define(`"${'x'.repeat(4_000)}"`) })[0]).toContain('4000 characters');
    expect(messages({ '$h.a': define('('.repeat(1_500) + '1' + ')'.repeat(1_500)) })).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('that were never checked cannot keep an evaluation busy either', () => {
    const circle = { '$h.a': define('$h.a() + $h.a()') };
    expect(() => run('$h.a()', {}, circle)).toThrow('nest too deeply');
    const wide = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [
        `$h.f${index}`,
        define(index === 0 ? '1' : `range(0, 50).map(n => $h.f${index - 1}())`),
      ]),
    );
    const started = performance.now();
    expect(() => run('$h.f7()', {}, wide)).toThrow('does too much work');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('cannot take names that mean something already', () => {
    expect(run('typeof $h', {}, { '$h.a': define('1') })).toBe('undefined');
    for (const name of ['toString', 'hasOwnProperty', 'valueOf'])
      expect(() => run(`$h.${name}()`, {}, { '$h.a': define('1') }), name).toThrow('There is no function');
    expect(run('upper("a")', {}, { upper: define('"taken"') })).toBe('A');
  });
});
