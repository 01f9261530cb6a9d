import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import styles from './json-view.module.css';

/** Entries shown at once; a long list grows on demand. */
const portion = 100;

interface NodeProps {
  readonly name?: string;
  readonly value: unknown;
  readonly depth: number;
  readonly openLevels: number;
}

/** One value of the tree, with what is below it while it is open. */
export function JsonNode(props: NodeProps) {
  const { name, value } = props;
  if (typeof value === 'object' && value !== null) return <JsonGroup {...props} value={value} />;
  return (
    <div className={styles.line}>
      <span className={styles.spacer} />
      {name !== undefined && <span className={styles.name}>{name}:</span>}
      <span className={styles.value} data-type={value === null ? 'null' : typeof value}>
        {typeof value === 'string' ? JSON.stringify(value) : String(value)}
      </span>
    </div>
  );
}

function JsonGroup({ name, value, depth, openLevels }: NodeProps & { readonly value: object }) {
  const [isOpen, setOpen] = useState(depth < openLevels);
  const [count, setCount] = useState(portion);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const summary = isList ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <div>
      <button
        type="button"
        className={styles.line}
        aria-expanded={isOpen}
        aria-label={`${name ?? 'Value'} ${summary}`}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? <IconChevronDown size={12} aria-hidden /> : <IconChevronRight size={12} aria-hidden />}
        {name !== undefined && <span className={styles.name}>{name}:</span>}
        <span className={styles.summary}>{summary}</span>
      </button>
      {isOpen && (
        <div className={styles.children}>
          {entries.slice(0, count).map(([key, child]) => (
            <JsonNode key={key} name={key} value={child} depth={depth + 1} openLevels={openLevels} />
          ))}
          {entries.length > count && (
            <button type="button" className={styles.line} onClick={() => setCount(count + portion)}>
              <span className={styles.summary}>Show {Math.min(portion, entries.length - count)} more</span>
            </button>
          )}
        </div>
      )}
    </div>
  );
}
