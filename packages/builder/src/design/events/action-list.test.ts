import { describe, expect, it } from 'vitest';
import { createCatalog } from '@fettle/sdk';
import { emptyApp, type EventAction } from '@fettle/definition';
import { applyCommand, type Command } from '@fettle/edit';
import { moveItem, removeItem } from '../editors/item-list.ts';
import {
  changeBranch,
  changeMember,
  changeSetting,
  copyAction,
  countActions,
  newAction,
  typingKey,
} from './action-list.ts';
import { sampleOfSchema } from './sample-of-schema.ts';

const save: EventAction = {
  id: 'act_save',
  type: 'core/create-row',
  settings: { values: { a: 1 } },
  onSuccess: [{ id: 'act_go', type: 'core/navigate', settings: {} }],
};
const say: EventAction = { id: 'act_say', type: 'core/show-message', settings: { text: 'Hi' } };

describe('editing the actions of an event', () => {
  it('sets and takes away settings, conditions and branches', () => {
    expect(changeSetting(say, 'text', 'Hello').settings).toEqual({ text: 'Hello' });
    expect(changeSetting(say, 'text', undefined).settings).toEqual({});
    expect(changeMember(say, 'condition', '{{ true }}').condition).toBe('{{ true }}');
    expect('condition' in changeMember({ ...say, condition: '{{ true }}' }, 'condition', undefined)).toBe(false);
    expect(changeBranch(say, 'onError', [save]).onError).toEqual([save]);
    expect('onSuccess' in changeBranch(save, 'onSuccess', [])).toBe(false);
    expect(countActions([save, say])).toBe(3);
  });

  it('gives copies ids of their own, in branches too', () => {
    const copy = copyAction(save);
    expect(copy.id).not.toBe(save.id);
    expect(copy.onSuccess?.[0]?.id).not.toBe('act_go');
    expect(copy.settings).toEqual(save.settings);
  });

  it('merges typing into one field, and nothing else', () => {
    const typed = [save, changeSetting(say, 'text', 'Hello')];
    expect(typingKey('cmp_1', 'click', [save, say], typed)).toBe('events:cmp_1:click/1/settings/text');
    expect(typingKey('cmp_1', 'click', [save, say], [say, save])).toBeUndefined();
    expect(typingKey('cmp_1', 'click', [save], [save, say])).toBeUndefined();
  });

  it('is one command for each edit, and the app takes every one of them', () => {
    const app = emptyApp('Test');
    const screen = Object.values(app.screens)[0]!;
    const lists: readonly (readonly EventAction[])[] = [
      [newAction('core/show-message')],
      [copyAction(save), say],
      moveItem([save, say], 0, 1),
      removeItem([save, say], 0),
      [changeBranch(save, 'onError', [say])],
      [],
    ];
    for (const actions of lists) {
      const command: Command = { type: 'events.set', screen: screen.id, event: 'open', actions: [...actions] };
      const applied = applyCommand(app, command, { catalog: createCatalog({ components: [], eventActions: [] }) });
      expect(applied.ok).toBe(true);
      expect(applied.ok && (applied.value.app.screens[screen.id]?.events?.['open'] ?? [])).toEqual(actions);
    }
  });
});

it('makes samples of payloads so that their members are known', () => {
  const schema = {
    type: 'object',
    properties: {
      row: { type: 'object' },
      action: { type: 'string' },
      rows: { type: 'array', items: { type: 'integer' } },
    },
  };
  expect(sampleOfSchema(schema)).toEqual({ row: {}, action: '', rows: [0] });
  expect(sampleOfSchema(undefined)).toBeUndefined();
});
