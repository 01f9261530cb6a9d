import { useMemo } from 'react';
import { createShortId, uniqueName } from '@fettle/base';
import type { Flow, FlowStep } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import { useExtensions } from '../../../extensions.ts';
import { notifySuccess } from '../../../shell/notify.ts';
import { useDesign, useDispatch } from '../../design-context.ts';
import { flowSurface, flowView } from '../flow-surface.ts';
import { placeId, type StepPlace } from '../layout/flow-layout.ts';
import { copiesFor, parseClip, writeClip } from './clipboard.ts';
import { batchOf, listOf, moveCommand, nudgedPlace, selectionAfter } from './move-steps.ts';
import { newStep, type PaletteChoice } from './new-step.ts';
import { listLength, outermost, placedSteps } from './step-tree.ts';

/** What can be done to the selected steps, from the canvas, menus and keys alike. */
export interface StepEdits {
  add(choice: PaletteChoice, place: StepPlace): void;
  move(ids: readonly string[], place: StepPlace): void;
  remove(): void;
  copy(): Promise<void>;
  cut(): Promise<void>;
  paste(): Promise<void>;
  duplicate(): void;
  /** Disables the selected steps, or enables them when all are disabled. */
  toggleDisabled(): void;
  /** Puts the selected steps, when they stand next to each other, into a new step that catches their failures. */
  wrapInTry(): void;
  /** Moves the selected step one place up (-1) or down (1). */
  nudge(direction: -1 | 1): void;
  /** Where something new goes: behind the selection (`before`: in front of it), else at the end. */
  target(before?: boolean): StepPlace | undefined;
}

/** The edits of the flow in the middle. */
export function useStepEdits(): StepEdits {
  const { session, view } = useDesign();
  const dispatch = useDispatch();
  const { flows: manifests } = useExtensions();
  return useMemo(() => {
    const current = (): Flow | undefined => {
      const { flow } = view.getState();
      return flow === undefined ? undefined : session.store.getState().app.flows[flow];
    };
    const selected = (): readonly string[] => view.getState().steps;
    const run = (command: Command | undefined, select: readonly string[]): void => {
      if (command === undefined || !dispatch(command)) return;
      view.selectSteps(select);
      const [first] = select;
      // The card is there once the canvas has drawn the change.
      if (first !== undefined) requestAnimationFrame(() => flowSurface.current?.reveal(first));
    };
    const target = (before = false): StepPlace | undefined => {
      const flow = current();
      const id = selected().at(before ? 0 : -1);
      if (flow === undefined) return undefined;
      if (id === undefined) return { list: 'steps', index: flow.steps.length };
      if (id === 'trigger') return { list: 'steps', index: 0 };
      const placed = placedSteps(flow).get(id);
      if (placed !== undefined) return { ...placed.place, index: placed.place.index + (before ? 0 : 1) };
      return flowSurface.current?.layout().places.find((place) => place.id === id)?.place;
    };
    const insert = (flow: Flow, steps: readonly FlowStep[], place: StepPlace): void => {
      const commands = steps.map((step, offset): Command => ({
        type: 'step.add',
        flow: flow.id,
        to: listOf(place),
        index: place.index + offset,
        step,
      }));
      run(
        batchOf(commands),
        steps.map(({ id }) => id),
      );
    };
    const remove = (): void => {
      const flow = current();
      if (flow === undefined) return;
      const gone = outermost(flow, selected());
      const command = batchOf(gone.map(({ step }): Command => ({ type: 'step.remove', flow: flow.id, step: step.id })));
      run(command, [selectionAfter(flow, selected())]);
    };
    const copy = async (): Promise<void> => {
      const flow = current();
      const steps = flow === undefined ? [] : outermost(flow, selected()).map(({ step }) => step);
      if (steps.length === 0) return;
      await navigator.clipboard.writeText(writeClip(steps));
      notifySuccess(steps.length === 1 ? 'The step is copied.' : `${steps.length} steps are copied.`);
    };
    return {
      target,
      remove,
      copy,
      add: (choice, place) => {
        const flow = current();
        const step = flow && newStep(flow, choice, manifests.actions);
        if (flow !== undefined && step !== undefined) insert(flow, [step], place);
      },
      move: (ids, place) => {
        const flow = current();
        if (flow !== undefined) run(moveCommand(flow, ids, place), ids);
      },
      cut: async () => {
        await copy();
        remove();
      },
      paste: async () => {
        const clip = parseClip(await navigator.clipboard.readText().catch(() => ''));
        const flow = current();
        const place = target();
        if (clip !== undefined && flow !== undefined && place !== undefined) {
          insert(flow, copiesFor(flow, clip.steps), place);
        }
      },
      duplicate: () => {
        const flow = current();
        const place = target();
        const steps = flow === undefined ? [] : outermost(flow, selected()).map(({ step }) => step);
        if (flow !== undefined && place !== undefined && steps.length > 0) insert(flow, copiesFor(flow, steps), place);
      },
      toggleDisabled: () => {
        const flow = current();
        if (flow === undefined) return;
        const steps = outermost(flow, selected()).map(({ step }) => step);
        const isOff = steps.every(({ disabled }) => disabled === true);
        const command = batchOf(
          steps.map(({ id }): Command => ({
            type: 'step.update',
            flow: flow.id,
            step: id,
            changes: { disabled: isOff ? null : true },
          })),
        );
        if (command !== undefined) dispatch(command);
      },
      wrapInTry: () => {
        const flow = current();
        if (flow === undefined) return;
        const placed = outermost(flow, selected());
        const [first] = placed;
        if (first === undefined) return;
        const isTogether = placed.every(
          ({ place }, offset) =>
            place.step === first.place.step &&
            place.list === first.place.list &&
            place.index === first.place.index + offset,
        );
        if (!isTogether) return;
        const names = new Set([...placedSteps(flow).values()].map(({ step }) => step.name));
        const wrapper: FlowStep = {
          id: createShortId('stp'),
          name: uniqueName('try', (name) => names.has(name)),
          kind: 'try',
          steps: [],
          catch: [],
        };
        const moves = placed.map(({ step }, index): Command => ({
          type: 'step.move',
          flow: flow.id,
          step: step.id,
          to: { step: wrapper.id, list: 'steps' },
          index,
        }));
        const { place } = first;
        run(
          batchOf([
            { type: 'step.add', flow: flow.id, to: listOf(place), index: place.index, step: wrapper },
            ...moves,
          ]),
          [wrapper.id],
        );
      },
      nudge: (direction) => {
        const flow = current();
        const [id] = selected();
        const places = flowSurface.current?.layout().places ?? [];
        const place = flow === undefined || id === undefined ? undefined : nudgedPlace(flow, places, id, direction);
        if (flow !== undefined && id !== undefined && place !== undefined) run(moveCommand(flow, [id], place), [id]);
      },
    };
  }, [dispatch, manifests, session, view]);
}

/** Opens the palette where something new goes. */
export function openPalette(place: StepPlace | undefined): void {
  if (place === undefined) return;
  flowSurface.current?.reveal(placeId(place));
  flowView.setState({ inserting: place });
}

/** True when a list takes steps at this index. */
export function isPlaceOf(flow: Flow, place: StepPlace): boolean {
  return place.index <= listLength(flow, place);
}
