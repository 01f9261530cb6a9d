import { useState } from 'react';
import { IconChevronRight } from '@tabler/icons-react';
import { isJsonObject } from '@fettle/base';
import type { DataPick } from './binding-scope.ts';
import { describeType, previewValue } from './preview-value.ts';
import styles from './data-picker.module.css';

/** Most members that are shown of one value. */
const mostMembers = 60;

/**
 * What an expression here can use, to look into and to pick from: a press puts its path where the caret is. It never
 * takes the focus, so that the editor above stays open; by keyboard, completion offers the same.
 */
export function DataPicker(props: { readonly picks: readonly DataPick[]; readonly onPick: (source: string) => void }) {
  const groups = [...new Set(props.picks.map(({ group }) => group))];
  return (
    <div
      className={styles['picker']}
      aria-label="Data to put in"
      role="tree"
      onMouseDown={(event) => event.preventDefault()}
    >
      {groups.map((group) => (
        <div key={group} role="group" aria-label={group}>
          <div className={styles['group']}>{group}</div>
          {props.picks
            .filter((pick) => pick.group === group)
            .map((pick, index) => (
              <Row
                key={pick.source}
                title={pick.title}
                source={pick.source}
                value={pick.value}
                depth={0}
                isOpenAtFirst={index === 0 && group === groups[0]}
                onPick={props.onPick}
              />
            ))}
        </div>
      ))}
    </div>
  );
}

function Row(props: {
  readonly title: string;
  readonly source: string;
  readonly value: unknown;
  readonly depth: number;
  readonly isOpenAtFirst?: boolean;
  readonly onPick: (source: string) => void;
}) {
  const { title, source, value, depth, onPick } = props;
  const [isOpen, setIsOpen] = useState(props.isOpenAtFirst === true);
  const members = membersOf(source, value);
  const isLeaf = members.length === 0;
  return (
    <div role="none">
      <div
        className={styles['row']}
        style={{ paddingLeft: 4 + depth * 14 }}
        role="treeitem"
        aria-level={depth + 1}
        aria-expanded={isLeaf ? undefined : isOpen}
        aria-selected={false}
      >
        <button
          type="button"
          tabIndex={-1}
          className={styles['chevron']}
          data-open={isOpen ? '' : undefined}
          style={{ visibility: isLeaf ? 'hidden' : 'visible' }}
          aria-label={isOpen ? `Fold ${title}` : `Look into ${title}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          <IconChevronRight size={12} />
        </button>
        <button
          type="button"
          tabIndex={-1}
          className={styles['pick']}
          title={`Put in ${source}`}
          onClick={() => onPick(source)}
        >
          <span className={styles['title']}>{title}</span>
          <span className={styles['value']}>{isLeaf ? previewValue(value, 40) : describeType(value)}</span>
        </button>
      </div>
      {isOpen &&
        members.map((member) => (
          <Row
            key={member.source}
            title={member.title}
            source={member.source}
            value={member.value}
            depth={depth + 1}
            onPick={onPick}
          />
        ))}
    </div>
  );
}

interface Member {
  readonly title: string;
  readonly source: string;
  readonly value: unknown;
}

/** What is inside a value: the members of an object, the first item of a list. */
export function membersOf(source: string, value: unknown): readonly Member[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [] : [{ title: 'first item', source: `${source}[0]`, value: value[0] as unknown }];
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value)
    .slice(0, mostMembers)
    .map(([name, member]) => ({
      title: name,
      source: /^[A-Za-z_$][\w$]*$/.test(name) ? `${source}.${name}` : `${source}[${JSON.stringify(name)}]`,
      value: member,
    }));
}
