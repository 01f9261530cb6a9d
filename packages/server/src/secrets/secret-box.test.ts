import { describe, expect, it } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const first = { id: '2026-01', material: 'a'.repeat(32) };
const second = { id: '2026-02', material: 'b'.repeat(32) };
const place = { dataSource: 'ds_1', environment: 'production', setting: 'password' };

describe('a secret box', () => {
  it('opens what it sealed, in the same place only', () => {
    const box = createSecretBox([first]);
    const sealed = box.seal('hunter2 ☃', place);
    expect(box.open(sealed, place)).toBe('hunter2 ☃');
    for (const other of [
      { ...place, dataSource: 'ds_2' },
      { ...place, environment: 'development' },
      { ...place, setting: 'token' },
    ]) {
      expect(() => box.open(sealed, other)).toThrow(/does not open/);
    }
  });

  it('seals the same text differently each time and shows nothing of it', () => {
    const box = createSecretBox([first]);
    const sealed = box.seal('hunter2', place);
    expect(box.seal('hunter2', place)).not.toBe(sealed);
    expect(sealed).not.toContain('hunter2');
    expect(box.keyIdOf(sealed)).toBe('2026-01');
  });

  it('opens values of an older key and seals with the newest', () => {
    const sealed = createSecretBox([first]).seal('old', place);
    const rotated = createSecretBox([second, first]);
    expect(rotated.open(sealed, place)).toBe('old');
    expect(rotated.keyIdOf(rotated.seal('new', place))).toBe('2026-02');
    expect(() => createSecretBox([second]).open(sealed, place)).toThrow(/2026-01/);
  });

  it('refuses a changed byte anywhere', () => {
    const box = createSecretBox([first]);
    const [version, keyId, text] = box.seal('hunter2', place).split('.') as [string, string, string];
    const bytes = Buffer.from(text, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(() => box.open(`${version}.${keyId}.${changed.toString('base64url')}`, place)).toThrow();
    }
    expect(() => box.open('v1.x.', place)).toThrow(/unknown form/);
  });

  it('refuses a key that is too short', () => {
    expect(() => createSecretBox([{ id: 'k', material: 'short' }])).toThrow(/too short/);
    expect(() => createSecretBox([])).toThrow(/no key/);
  });
});
