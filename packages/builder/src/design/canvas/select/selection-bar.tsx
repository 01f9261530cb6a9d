import { IconArrowUp, IconCopy, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { useDesign, useScreenOutline } from '../../design-context.ts';
import { useDragSource } from '../drag/use-drag-source.ts';
import { placeOf } from '../edit/tree.ts';
import { useEdits } from '../edit/use-edits.ts';
import styles from './selection-overlay.module.css';

/** The small bar on the selected component: drag, select what is around it, duplicate, delete. */
export function SelectionBar({ id }: { readonly id: string }) {
  const { view } = useDesign();
  const screen = useScreenOutline();
  const edits = useEdits();
  const component = screen?.components[id];
  const parent = screen === undefined ? undefined : placeOf(screen, id)?.parent;
  const isRoot = id === screen?.root;
  const source = useDragSource(`bar:${id}`, () => ({ kind: 'move', ids: [id], title: component?.name ?? '' }), isRoot);
  if (component === undefined) return null;
  return (
    <div className={styles['bar']} data-canvas-control="" role="toolbar" aria-label={`${component.name}: actions`}>
      <span>{component.name}</span>
      {!isRoot && (
        <button
          type="button"
          ref={source.ref}
          {...source.props}
          aria-label={`Move ${component.name}`}
          title="Move: drag, or Space and arrow keys"
        >
          <IconGripVertical size={14} />
        </button>
      )}
      {parent !== undefined && (
        <button
          type="button"
          aria-label="Select what is around it"
          title="Select what is around it (Escape)"
          onClick={() => view.select([parent])}
        >
          <IconArrowUp size={14} />
        </button>
      )}
      {!isRoot && (
        <>
          <button
            type="button"
            aria-label={`Duplicate ${component.name}`}
            title="Duplicate (Ctrl D)"
            onClick={() => edits.duplicate()}
          >
            <IconCopy size={14} />
          </button>
          <button
            type="button"
            aria-label={`Delete ${component.name}`}
            title="Delete (Delete)"
            onClick={() => edits.remove()}
          >
            <IconTrash size={14} />
          </button>
        </>
      )}
    </div>
  );
}
