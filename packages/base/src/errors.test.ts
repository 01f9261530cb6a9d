import { expect, it } from 'vitest';
import { bug, inputError, toProblemDetails } from './errors.ts';

it('tells a person what happened and what to do, by problem details', () => {
  const error = inputError({
    code: 'app.name',
    message: 'The name is empty.',
    hint: 'Type one.',
    cause: new Error('password=hunter2'),
  });
  expect(toProblemDetails(error, 'req_1')).toEqual({
    type: 'about:blank',
    title: 'Invalid input',
    status: 400,
    detail: 'The name is empty.',
    code: 'app.name',
    hint: 'Type one.',
    requestId: 'req_1',
  });
});

it('says nothing of errors that were not meant to be seen', () => {
  for (const error of [new Error('SELECT secret FROM x'), bug('internal path /srv/x'), 'text', undefined]) {
    const text = JSON.stringify(toProblemDetails(error));
    expect(text).not.toMatch(/SELECT|srv|text"/);
    expect(toProblemDetails(error).status).toBe(500);
  }
});
