import { useMemo } from 'react';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { EventAction } from '@fettle/definition';
import type { EventActionManifest } from '@fettle/sdk';
import { BindingScopeProvider, useExtendedScope } from '../binding/binding-scope.ts';
import { useApp } from '../design-context.ts';
import type { FieldProblem } from '../editors/form-place.ts';
import { problemsBelow } from '../inspector/component-problems.ts';
import type { RenderActions } from './action-stack-props.ts';
import { changeBranch, type Branch } from './action-list.ts';
import { sampleOfSchema } from './sample-of-schema.ts';
import styles from './events.module.css';

const titles: Readonly<Record<Branch, string>> = { onSuccess: 'When it worked', onError: 'When it failed' };

/** What runs after an action: with `result` when it worked, with `error` when it failed. */
export function ActionBranches(props: {
  readonly action: EventAction;
  readonly manifest: EventActionManifest | undefined;
  readonly problems: ReadonlyMap<string, FieldProblem>;
  readonly path: string;
  readonly onChange: (action: EventAction) => void;
  readonly renderActions: RenderActions;
}) {
  const { action, manifest } = props;
  const queryId = action.settings['query'];
  const columns = useApp((app) => (typeof queryId === 'string' ? app.queries[queryId]?.result : undefined));
  const onSuccess = useMemo(() => {
    const row = Object.fromEntries((columns ?? []).map(({ name }) => [name, null]));
    return { result: columns === undefined ? (sampleOfSchema(manifest?.result) ?? null) : [row] };
  }, [columns, manifest]);
  return (
    <>
      <BranchView {...props} branch="onSuccess" extra={onSuccess} />
      <BranchView {...props} branch="onError" extra={errorSample} />
    </>
  );
}

const errorSample = { error: { message: '', code: '' } };

function BranchView(props: {
  readonly action: EventAction;
  readonly branch: Branch;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly problems: ReadonlyMap<string, FieldProblem>;
  readonly path: string;
  readonly onChange: (action: EventAction) => void;
  readonly renderActions: RenderActions;
}) {
  const { action, branch, onChange } = props;
  const scope = useExtendedScope(props.extra);
  const actions = action[branch] ?? [];
  return (
    <section className={styles['branch']} data-branch={branch} aria-label={titles[branch]}>
      <div className={styles['branchTitle']} data-branch={branch}>
        {branch === 'onSuccess' ? <IconCheck size={12} aria-hidden="true" /> : <IconX size={12} aria-hidden="true" />}
        {titles[branch]}
      </div>
      <BindingScopeProvider value={scope}>
        {props.renderActions({
          actions,
          path: `${props.path}/${branch}`,
          problems: problemsBelow(props.problems, branch),
          onChange: (next) => onChange(changeBranch(action, branch, next)),
        })}
      </BindingScopeProvider>
    </section>
  );
}
