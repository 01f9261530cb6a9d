import { describe, expect, it } from 'vitest';
import { notFound } from '@fettle/base';
import { connectionError } from './connection-error.ts';

const coded = (code: string, message = code): Error => Object.assign(new TypeError(message), { code });

describe('what a driver says when it cannot connect', () => {
  it('becomes what to do about it', () => {
    const of = (error: unknown): readonly [string, string] => {
      const { code, message } = connectionError(error, 'the broker');
      return [code, message];
    };
    expect(of(coded('ECONNREFUSED'))).toEqual(['source.unreachable', 'Nothing answers at the address of the broker.']);
    expect(of(coded('ETIMEDOUT'))).toEqual(['source.unreachable', 'The broker does not answer.']);
    expect(of(coded('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'))[0]).toBe('source.encryption');
    expect(of(new TypeError('WRONGPASS invalid username-password pair'))[0]).toBe('source.refused');
    expect(of(coded('ECONNRESET'))).toEqual(['source.cut', 'The connection to the broker was cut.']);
    expect(of(new TypeError('strange'))).toEqual(['source.failed', 'The broker failed: strange']);
    expect(of(undefined)).toEqual(['source.failed', 'The broker failed: ']);
    expect(connectionError(coded('ECONNREFUSED'), 'x').hint).toMatch(/\.$/);
  });

  it('stays when it says so already', () => {
    const error = notFound({ code: 'a.b', message: 'Gone.' });
    expect(connectionError(error, 'the broker')).toBe(error);
  });
});
