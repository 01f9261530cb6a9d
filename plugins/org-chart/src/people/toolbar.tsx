import styles from './people.module.css';
import type { TreeState } from './use-tree.ts';

/** What stands above the tree: the search, open and close all, and zoom where it is a chart. */
export function Toolbar(props: {
  readonly tree: TreeState;
  readonly zoom: number | undefined;
  readonly onZoom: (step: 1 | -1 | 0) => void;
  readonly onFind: () => void;
}) {
  const { tree, zoom, onZoom, onFind } = props;
  const { search, matches, focused } = tree;
  const at = matches.indexOf(focused ?? '');
  return (
    <div className={styles['toolbar']}>
      <input
        type="search"
        className={styles['search']}
        aria-label="Search people"
        placeholder="Search people"
        value={search}
        onChange={(event) => tree.setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          onFind();
        }}
      />
      {search.trim() !== '' && (
        <span className={styles['found']} role="status">
          {matches.length === 0 ? 'Nobody' : at === -1 ? `${matches.length} found` : `${at + 1} of ${matches.length}`}
        </span>
      )}
      <span className={styles['spring']} />
      <button type="button" className={styles['act']} onClick={tree.openAll}>
        Open all
      </button>
      <button type="button" className={styles['act']} onClick={tree.closeAll}>
        Close all
      </button>
      {zoom !== undefined && (
        <span className={styles['zoom']}>
          <button type="button" className={styles['act']} aria-label="Zoom out" onClick={() => onZoom(-1)}>
            −
          </button>
          <button type="button" className={styles['act']} aria-label="Zoom to 100 %" onClick={() => onZoom(0)}>
            {Math.round(zoom * 100)} %
          </button>
          <button type="button" className={styles['act']} aria-label="Zoom in" onClick={() => onZoom(1)}>
            +
          </button>
        </span>
      )}
    </div>
  );
}
