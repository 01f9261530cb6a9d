import { describe, expect, it } from 'vitest';
import type { ClientQuery } from '@fettle/definition';
import { appOf, part, queryResult, screenOf } from '../testing/test-app.tsx';
import { createTestExtensions } from '../testing/test-extensions.tsx';
import type { FirstAnswer, FirstQuestion } from './first-answers.ts';
import { startFirstScreen, type FirstScreenInput } from './render-first-screen.tsx';

const place = { dataSource: 'ds_1', table: 'people' };
const query: ClientQuery = { id: 'qry_1', name: 'count', parameters: [], mode: 'read', run: 'load' };
const writing: ClientQuery = { ...query, id: 'qry_2', name: 'reset', mode: 'write' };

function begin(
  components: Parameters<typeof screenOf>[0],
  surroundings: Partial<FirstScreenInput['surroundings']> = {},
) {
  const definition = appOf({
    queries: [query, writing],
    screens: [screenOf(components, { route: '/people/:id' })],
    app: { navigation: { style: 'top', items: [{ id: 'nav_1', label: 'People', screen: 'scr_main' }] } },
  });
  return startFirstScreen(
    {
      definition,
      address: '/apps/desk/people/7?tab=notes',
      surroundings: { locale: 'en', timeZone: 'UTC', isNarrow: false, ...surroundings },
    },
    { extensions: createTestExtensions() },
  );
}

const list = part('list', 'people', { settings: { data: { kind: 'table', ...place } } });
const listQuestion: FirstQuestion = { kind: 'list', ...place, request: { limit: 2 } };
const queryQuestion: FirstQuestion = { kind: 'query', query: 'qry_1', parameters: {} };

describe('a first screen rendered without a browser', () => {
  it('is the screen of the address with what its bindings say', async () => {
    const rendering = await begin({
      cmp_a: part('text', 'who', {
        settings: { text: '{{ user.name }} at {{ screen.params.id }}, {{ screen.query.tab }}' },
      }),
      cmp_b: part('text', 'none', { visible: '{{ false }}', settings: { text: 'not to be seen' } }),
    });
    const { html, questions } = rendering.render([]);
    expect(html).toContain('Ada at 7, notes');
    expect(html).not.toContain('not to be seen');
    expect(html).toContain('href="/apps/desk/people/-"');
    expect(questions).toEqual([]);
  });

  it('says which rows and queries it needs, and shows them when it has them', async () => {
    const rendering = await begin({
      cmp_a: list,
      cmp_b: part('text', 'total', { settings: { text: '{{ queries.count.data }} people' } }),
    });
    const first = rendering.render([]);
    expect(first.questions).toEqual([listQuestion, queryQuestion]);
    expect(first.html).toContain('loading');
    const answers: FirstAnswer[] = [
      { question: listQuestion, reply: { rows: [{ name: '<Ada> & co' }] } },
      { question: queryQuestion, reply: queryResult(7) },
    ];
    const second = rendering.render(answers);
    expect(second.questions).toEqual([]);
    expect(second.html).toContain('&lt;Ada&gt; &amp; co');
    expect(second.html).toContain('7 people');
  });

  it('never asks for a query that writes', async () => {
    const rendering = await begin({
      cmp_a: part('list', 'rows', { settings: { data: { kind: 'query', query: 'qry_1' } } }),
      cmp_b: part('text', 'reset', { settings: { text: '{{ queries.reset.data }}' } }),
    });
    expect(rendering.render([]).questions).toEqual([queryQuestion]);
  });

  it('has the times of the person who opens it', async () => {
    const time = part('text', 'at', { settings: { text: "{{ formatDate('2026-01-01T12:00:00Z', 'HH:mm') }}" } });
    for (const [timeZone, text] of [
      ['Asia/Tokyo', '21:00'],
      ['UTC', '12:00'],
    ] as const) {
      expect((await begin({ cmp_a: time }, { timeZone })).render([]).html).toContain(text);
    }
  });

  it('shows a component that cannot be rendered as the browser will, or not at all', async () => {
    const rendering = await begin({
      cmp_a: part('gone', 'gone'),
      cmp_b: part('text', 'fine', { settings: { text: 'fine' } }),
    });
    expect(rendering.render([]).html).toContain('fine');
    const broken = await begin({ cmp_a: part('broken', 'broken', { settings: { text: 'bad' } }) });
    expect(() => broken.render([])).toThrow('It broke');
  });
});
