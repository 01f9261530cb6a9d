// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Approvals } from './component.tsx';
import { approvalsManifest } from './manifest.ts';

it('shows what waits for the person, or what is done', () => {
  const approvals = ({ state }: { readonly state: string }) => <p>{`The ${state} ones`}</p>;
  expect(renderFresh(Approvals, approvalsManifest, {}, { approvals }).getByText('The open ones')).toBeTruthy();
  expect(
    renderFresh(Approvals, approvalsManifest, { state: 'past' }, { approvals }).getByText('The past ones'),
  ).toBeTruthy();
});

it('says why nothing can be shown to a visitor, and what will be on the canvas', () => {
  expect(renderFresh(Approvals, approvalsManifest, {}).getByText(/once you are signed in/)).toBeTruthy();
  const view = renderFresh(Approvals, approvalsManifest, {}, { mode: 'design', approvals: () => <p>Real ones</p> });
  expect(view.getByText(/People see here/)).toBeTruthy();
});
