import { useMemo, useRef, type ReactNode } from 'react';
import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type DragStartEvent,
  type KeyboardCoordinateGetter,
  type Modifier,
} from '@dnd-kit/core';
import { Paper, Text } from '@mantine/core';
import { useStore } from 'zustand';
import { useExtensions } from '../../../extensions.ts';
import { useDesign, useDispatch } from '../../design-context.ts';
import { canvasRoot } from '../canvas-root.ts';
import { insertComponent } from '../edit/insert-component.ts';
import { placeOf, subtreeIds } from '../edit/tree.ts';
import { findDropPlace, listDropPlaces, type DropPlace, type SlotBox } from '../geometry/drop-place.ts';
import { measureSlots } from '../geometry/measure-slots.ts';
import { followDragPointer, type DragPointer } from './drag-pointer.ts';
import { dragState, type DragItem } from './drag-state.ts';

/** How long a measurement of the canvas is good for, in milliseconds. */
const remeasureTime = 120;

/** How far the badge of a drag stands from the pointer, in pixels. */
const badgeDistance = 12;

/** The only user of the drag library: a drag ends in exactly one command. */
export function DragArea({ children }: { readonly children: ReactNode }) {
  const { session, view } = useDesign();
  const { components } = useExtensions();
  const dispatch = useDispatch();
  const measured = useRef<{ readonly at: number; readonly slots: readonly SlotBox[] }>({ at: 0, slots: [] });
  const excluded = useRef<ReadonlySet<string>>(new Set());
  const keyboardPlace = useRef(-1);
  const pointer = useRef<DragPointer | undefined>(undefined);

  /** Where the slots stand. Holes open when a drag begins and the canvas scrolls during it: looked at again and again. */
  const slotsNow = (): readonly SlotBox[] => {
    const root = canvasRoot.current;
    const now = performance.now();
    if (root !== null && now - measured.current.at > remeasureTime) {
      measured.current = { at: now, slots: measureSlots(root, (id) => excluded.current.has(id)) };
    }
    return measured.current.slots;
  };

  const coordinateGetter: KeyboardCoordinateGetter = (event, { currentCoordinates }) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.code];
    if (step === undefined) return undefined;
    event.preventDefault();
    const places = listDropPlaces(slotsNow());
    if (keyboardPlace.current === -1) keyboardPlace.current = placeOfDragged(places);
    keyboardPlace.current = Math.min(Math.max(keyboardPlace.current + step, 0), places.length - 1);
    const place = places[keyboardPlace.current];
    if (place === undefined) return currentCoordinates;
    showPlace(place);
    canvasRoot.current?.ownerDocument.getElementById('drop-line')?.scrollIntoView({ block: 'nearest' });
    return { x: place.line.left, y: place.line.top };
  };
  /** Where what is dragged stands now: the keyboard goes on from there. */
  const placeOfDragged = (places: readonly DropPlace[]): number => {
    const { item } = dragState.getState();
    const screen = session.store.getState().app.screens[view.getState().screen];
    if (item?.kind !== 'move' || screen === undefined) return -1;
    const own = placeOf(screen, item.ids[0] ?? '');
    return places.findIndex(
      ({ parent, slot, index }) => parent === own?.parent && slot === own.slot && index === own.index,
    );
  };
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter }),
  );

  const accepts = useMemo(() => {
    const bySlot = new Map(
      components.flatMap(({ manifest }) =>
        manifest.slots.map((slot) => [`${manifest.id}/${slot.name}`, slot.accepts] as const),
      ),
    );
    return (parentType: string, slot: string, type: string): boolean =>
      bySlot.get(`${parentType}/${slot}`)?.includes(type) ?? true;
  }, [components]);

  const typesOf = (item: DragItem): readonly string[] => {
    if (item.kind === 'new') return [item.type];
    const screen = session.store.getState().app.screens[view.getState().screen];
    return item.ids.map((id) => screen?.components[id]?.type ?? '');
  };

  const showPlace = (place: DropPlace | undefined): void => {
    const { item } = dragState.getState();
    const parent = place && session.store.getState().app.screens[view.getState().screen]?.components[place.parent];
    const isRefused =
      item !== undefined &&
      parent !== undefined &&
      place !== undefined &&
      !typesOf(item).every((type) => accepts(parent.type, place.slot, type));
    dragState.setState({
      place: isRefused ? undefined : place,
      refusal: isRefused ? `${parent.name} does not take this here.` : undefined,
    });
  };

  const start = (event: DragStartEvent): void => {
    const item = (event.active.data.current as { readonly item?: () => DragItem | undefined } | undefined)?.item?.();
    const root = canvasRoot.current;
    if (item === undefined || root === null) return;
    const screen = session.store.getState().app.screens[view.getState().screen];
    excluded.current = new Set(
      item.kind === 'move' && screen !== undefined ? item.ids.flatMap((id) => subtreeIds(screen, id)) : [],
    );
    measured.current = { at: 0, slots: [] };
    keyboardPlace.current = -1;
    dragState.setState({ item, place: undefined, refusal: undefined });
    const { activatorEvent } = event;
    if (!(activatorEvent instanceof PointerEvent)) return;
    pointer.current = followDragPointer(
      { x: activatorEvent.clientX, y: activatorEvent.clientY },
      root.closest<HTMLElement>('[data-canvas-viewport]') ?? undefined,
      () => {
        measured.current = { at: 0, slots: [] };
        move();
      },
    );
  };

  const move = (): void => {
    const point = pointer.current?.position();
    if (point === undefined) return;
    const canvas = canvasRoot.current?.closest('[data-canvas-viewport]')?.getBoundingClientRect();
    const isOutside =
      canvas === undefined ||
      point.x < canvas.left ||
      point.x > canvas.right ||
      point.y < canvas.top ||
      point.y > canvas.bottom;
    if (dragState.getState().item === undefined) return;
    showPlace(isOutside ? undefined : findDropPlace(point, slotsNow()));
  };

  const stop = (): void => {
    pointer.current?.stop();
    pointer.current = undefined;
    dragState.setState({ item: undefined, place: undefined, refusal: undefined });
  };

  const end = (): void => {
    const { item, place } = dragState.getState();
    stop();
    const screen = session.store.getState().app.screens[view.getState().screen];
    if (item === undefined || place === undefined || screen === undefined) return;
    if (item.kind === 'move') {
      dispatch({
        type: 'component.move',
        screen: screen.id,
        components: [...item.ids],
        parent: place.parent,
        slot: place.slot,
        index: place.index,
      });
      return;
    }
    const addition = insertComponent({
      screen,
      type: item.type,
      place,
      manifests: components.map(({ manifest }) => manifest),
    });
    if (addition !== undefined && dispatch(addition.command)) view.select([addition.root]);
  };

  return (
    <DndContext
      sensors={sensors}
      autoScroll={false}
      onDragStart={start}
      onDragMove={move}
      onDragEnd={() => {
        // What counts is where the pointer was let go, not where it was when the line was last drawn.
        move();
        end();
      }}
      onDragCancel={stop}
    >
      {children}
      <DragOverlay dropAnimation={null} modifiers={[besidePointer]}>
        <DragBadge />
      </DragOverlay>
    </DndContext>
  );
}

/** What is dragged may be large, or start from the whole canvas: its badge stays by the pointer all the same. */
const besidePointer: Modifier = ({ activatorEvent, draggingNodeRect, transform }) =>
  activatorEvent instanceof PointerEvent && draggingNodeRect !== null
    ? {
        ...transform,
        x: transform.x + activatorEvent.clientX - draggingNodeRect.left + badgeDistance,
        y: transform.y + activatorEvent.clientY - draggingNodeRect.top + badgeDistance,
      }
    : transform;

function DragBadge() {
  const item = useStore(dragState, (state) => state.item);
  const refusal = useStore(dragState, (state) => state.refusal);
  if (item === undefined) return null;
  return (
    <Paper withBorder shadow="sm" px="xs" py={4} w="max-content" style={{ pointerEvents: 'none' }}>
      <Text size="xs" fw={500}>
        {item.title}
      </Text>
      {refusal !== undefined && (
        <Text size="xs" c="red">
          {refusal}
        </Text>
      )}
    </Paper>
  );
}
