// @vitest-environment happy-dom
import { cleanup, fireEvent, screen as page } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renders } from '../testing/test-extensions.tsx';
import { appOf, createFakeServer, createTestRuntime, part, queryResult, screenOf, settle, showScreen } from '../testing/test-app.tsx';

beforeEach(() => renders.clear());
afterEach(cleanup);

describe('a screen', () => {
  it('shows its components with settings, defaults and live bindings', async () => {
    await showScreen(
      screenOf({
        cmp_a: part('text', 'plain', { settings: { text: 'Hello' } }),
        cmp_b: part('text', 'empty'),
        cmp_c: part('field', 'name', { settings: { initial: 'Ada' } }),
        cmp_d: part('text', 'greeting', { settings: { text: 'Dear {{ components.name.value }}' } }),
      }),
    );
    expect(page.getByTestId('plain').textContent).toBe('Hello');
    expect(page.getByTestId('empty').textContent).toBe('nothing');
    expect(page.getByTestId('greeting').textContent).toBe('Dear Ada');
    fireEvent.change(page.getByLabelText('name'), { target: { value: 'Grace' } });
    await settle();
    expect(page.getByTestId('greeting').textContent).toBe('Dear Grace');
    expect(renders.get('plain')).toBe(1);
  });
});
