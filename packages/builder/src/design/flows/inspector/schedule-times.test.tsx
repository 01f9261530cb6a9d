// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ScheduleTimes } from './schedule-times.tsx';

const now = () => Date.parse('2030-01-04T12:00:00Z');

describe('what a schedule means', () => {
  afterEach(cleanup);
  const show = (settings: Readonly<Record<string, unknown>>) =>
    render(
      <MantineProvider env="test">
        <ScheduleTimes settings={settings} now={now} />
      </MantineProvider>,
    );
  const times = () =>
    screen
      .queryAllByRole('row')
      .slice(1)
      .map((row) => row.querySelector('td')?.textContent);

  it('is said in words, with the next ten times in its zone', () => {
    show({ expression: '0 9 * * 1-5', timeZone: 'Europe/Berlin', excludeDates: ['2030-01-07'] });
    expect(screen.getByText(/^At 09:00, Monday through Friday \(Europe\/Berlin\), not on 2030-01-07$/)).toBeDefined();
    expect(times()).toHaveLength(10);
    expect(times()[0]).toMatch(/Tue.*Jan 8, 2030.*09:00/);
    expect(times()[4]).toMatch(/Mon.*Jan 14, 2030.*09:00/);
  });

  it('has seconds where there are some, and few times where few are left', () => {
    show({ kind: 'interval', every: '30s', end: '2030-01-04T12:01:00Z' });
    expect(screen.getByText(/^Every 30 seconds \(UTC\)/)).toBeDefined();
    expect(times()).toHaveLength(2);
    expect(times()[0]).toMatch(/12:00:30/);
  });

  it('says when nothing is left', () => {
    show({ expression: '0 9 * * *', end: '2029-12-31' });
    expect(screen.getByText(/^Nothing starts any more/)).toBeDefined();
    expect(times()).toEqual([]);
  });

  it('shows nothing while the settings are not complete', () => {
    const { container } = show({ expression: 'every day' });
    expect(container.querySelector('[data-schedule-words]')).toBeNull();
  });
});
