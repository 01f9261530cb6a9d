import type { Template, TemplateFacts } from './template.ts';

/** A component that shows the newest rows of a table. */
export function componentTemplate({ id, title }: TemplateFacts): Template {
  return {
    description: 'A component that shows rows of a table as cards, and tells which one was chosen.',
    permissions: { tables: 'read' },
    files: [
      [
        'src/components.ts',
        `import { cardList } from './card-list/index.ts';

// The components that the plugin brings. Loading this file does nothing else.
export const components = [cardList];
`,
      ],
      [
        'src/card-list/index.ts',
        `import { implementComponent } from '@fettle/sdk/react';
import { cardListManifest } from './manifest.ts';

/** The manifest with its code, which browsers load when a screen first needs it. */
export const cardList = implementComponent(cardListManifest, async () => (await import('./component.tsx')).CardList);
`,
      ],
      [
        'src/card-list/manifest.ts',
        `import { dataSettingSchema, defineComponent, setting, Type } from '@fettle/sdk';

/** Shows rows of a table as cards. */
export const cardListManifest = defineComponent({
  id: '${id}/card-list',
  version: 1,
  title: 'Card list',
  description: 'Shows rows of a table as cards.',
  icon: 'cards',
  category: '${title.replaceAll("'", '’')}',
  placeholder: { height: 160 },
  defaultLayout: { span: { base: 12 } },
  settings: Type.Object({
    data: Type.Optional(
      setting(dataSettingSchema, { title: 'Data', ui: { editor: 'data', section: 'Data', bindable: false } }),
    ),
    column: Type.Optional(
      setting(Type.String({ maxLength: 260 }), {
        title: 'Title of a card',
        ui: { editor: 'column', of: 'data', section: 'Data', bindable: false },
      }),
    ),
    emptyText: Type.Optional(
      setting(Type.String({ maxLength: 200 }), { title: 'Text without rows', default: 'There is nothing here yet.' }),
    ),
  }),
  events: [{ name: 'choose', title: 'A card is chosen', payload: Type.Object({ row: Type.Unknown() }) }],
  exposes: { chosen: Type.Unknown() },
  // What it reads follows from this: whoever may see the screen may see these columns, and no others.
  uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['column'] }] },
});
`,
      ],
      [
        'src/card-list/component.tsx',
        `import { useEffect, useState } from 'react';
import type { DataSetting } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import styles from './card-list.module.css';

interface Settings {
  readonly data?: DataSetting;
  readonly column?: string;
  readonly emptyText?: string;
}

/** The cards. The same code runs in the app, once the plugin is trusted, and in a frame of its own before. */
export function CardList({ settings: { data, column, emptyText } }: { readonly settings: Settings }) {
  const host = useHost();
  const { rows, isLoading, error, hasMore, loadMore } = host.useRows(data, { pageSize: 12 });
  const [chosen, setChosen] = useState<number>();
  useEffect(() => host.expose({ chosen: chosen === undefined ? null : rows[chosen] }), [host, chosen, rows]);
  if (data === undefined) return <p className={styles['note']}>Choose a table in the settings.</p>;
  if (error !== undefined) return <p className={styles['note']} role="alert">{error.message}</p>;
  if (isLoading) return <p className={styles['note']}>Loading…</p>;
  if (rows.length === 0) return <p className={styles['note']}>{emptyText}</p>;
  const name = column ?? Object.keys(rows[0] ?? {})[0] ?? '';
  return (
    <div>
      <ul className={styles['cards']}>
        {rows.map((row, index) => (
          <li key={index}>
            <button
              type="button"
              className={styles['card']}
              aria-pressed={index === chosen}
              onClick={() => {
                setChosen(index);
                void host.emit('choose', { row });
              }}
            >
              {String(row[name] ?? '')}
            </button>
          </li>
        ))}
      </ul>
      {hasMore && (
        <button type="button" className={styles['more']} onClick={loadMore}>
          Show more
        </button>
      )}
    </div>
  );
}
`,
      ],
      [
        'src/card-list/card-list.module.css',
        `/* The variables are those of the app's theme: light and dark, and as dense as the app. */
.cards {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(160px, 1fr));
  gap: 8px;
  margin: 0;
  padding: 0;
  list-style: none;
}

.card,
.more {
  width: 100%;
  min-height: var(--fettle-control-height);
  padding: 8px 12px;
  border: 1px solid var(--fettle-border);
  border-radius: var(--fettle-radius-panel);
  background: var(--fettle-surface-raised);
  color: var(--fettle-text);
  text-align: start;
  cursor: pointer;
}

.card:hover,
.more:hover {
  background: var(--fettle-surface-hover);
}

.card[aria-pressed='true'] {
  border-color: var(--fettle-accent-border);
  background: var(--fettle-accent-soft);
}

.more {
  width: auto;
  margin-top: 8px;
}

.note {
  margin: 0;
  color: var(--fettle-text-dimmed);
}
`,
      ],
      [
        'src/css.d.ts',
        `declare module '*.module.css' {\n  const names: Readonly<Record<string, string>>;\n  export default names;\n}\n`,
      ],
      [
        'src/card-list/card-list.test.ts',
        `// @vitest-environment happy-dom
import { renderComponent, testComponentExtension } from '@fettle/sdk/testing';
import { expect, it } from 'vitest';
import { cardList } from './index.ts';

// The contract of all components: it renders fresh from the palette, quietly and with accessible names.
testComponentExtension(cardList);

it('shows rows and tells which one was chosen', async () => {
  const rendered = await renderComponent(cardList, {
    settings: { data: { kind: 'rows', rows: [{ name: 'Ada' }, { name: 'Grace' }] }, column: 'name' },
  });
  const cards = [...rendered.element.querySelectorAll('button')];
  expect(cards.map((card) => card.textContent)).toEqual(['Ada', 'Grace']);
  await rendered.act(() => cards[1]?.click());
  expect(rendered.emitted).toEqual([{ name: 'choose', payload: { row: { name: 'Grace' } } }]);
  expect(rendered.exposed['chosen']).toEqual({ name: 'Grace' });
  rendered.unmount();
});
`,
      ],
    ],
  };
}
