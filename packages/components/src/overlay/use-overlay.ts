import { useRef, useState } from 'react';
import { useHost } from '@fettle/sdk/react';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';

type Input = Readonly<Record<string, unknown>>;

// While designing, an overlay opens inside the canvas: selectable, droppable into, and without taking focus or scrolling.
const onCanvas = { withinPortal: false, lockScroll: false, trapFocus: false, returnFocus: false } as const;

/** What modal and drawer share: being open, the values they were opened with, their methods and events. */
export function useOverlay() {
  const { mode } = useHost();
  const [isOpen, setOpen] = useState(false);
  const [input, setInput] = useState<Input>({});
  const opened = useEvent('open');
  const closed = useEvent('close');
  const isNow = useRef(false);

  const open = (values?: Input): void => {
    setInput(values ?? {});
    setOpen(true);
    if (!isNow.current) void opened.run();
    isNow.current = true;
  };
  const close = (): void => {
    setOpen(false);
    if (isNow.current) void closed.run();
    isNow.current = false;
  };
  useExposed({ isOpen, input });
  useMethod('open', open);
  useMethod('close', close);
  const isDesign = mode === 'design';
  return { isOpen, close, isDesign, canvasProps: isDesign ? onCanvas : {} };
}
