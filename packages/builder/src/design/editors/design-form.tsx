import { isValidElement, useMemo, type ReactNode } from 'react';
import type { FieldProps } from '../../fields/field-editor.ts';
import type { SettingItem } from '../../fields/setting-list.ts';
import { listSettings } from '../../fields/setting-list.ts';
import { SettingsForm } from '../../fields/settings-form.tsx';
import { DecoratedSetting } from './decorated-setting.tsx';
import {
  FormPlaceProvider,
  joinPath,
  problemWithin,
  RootValuesProvider,
  useFormPlace,
  type FieldProblem,
  type FormPlace,
} from './form-place.ts';
import { isItemList } from './item-list.ts';
import type { FieldEditor } from '../../fields/field-editor.ts';

/** Props of {@link DesignForm}. */
export interface DesignFormProps {
  readonly schema: unknown;
  readonly values: Readonly<Record<string, unknown>>;
  readonly onChange: (name: string, value: unknown) => void;
  readonly search?: string;
}

/** The settings form inside the builder: every setting can be bound and reset. Inner forms take their place from the outer. */
export function DesignForm({ schema, values, onChange, search }: DesignFormProps) {
  const place = useFormPlace();
  const problems = useMemo(() => problemsByName(schema, place), [schema, place]);
  return (
    <SettingsForm
      schema={schema}
      values={values}
      onChange={onChange}
      editors={place.editors}
      problems={problems}
      decorate={decorate}
      {...(search === undefined ? {} : { search })}
    />
  );
}

const noProblems: ReadonlyMap<string, FieldProblem> = new Map();

/** The outermost form of a component, an event action or a query. */
export function RootForm(
  props: DesignFormProps & {
    readonly editors: readonly FieldEditor[];
    readonly problems?: ReadonlyMap<string, FieldProblem>;
    readonly focus?: string | undefined;
    readonly reset?: (names: readonly string[]) => void;
  },
) {
  const { editors, problems, focus, values, schema, reset } = props;
  const place = useMemo<FormPlace>(
    () => ({
      editors,
      path: '',
      problems: problems ?? noProblems,
      focus,
      schema,
      ...(reset === undefined ? {} : { reset }),
    }),
    [editors, focus, problems, reset, schema],
  );
  return (
    <FormPlaceProvider value={place}>
      <RootValuesProvider value={values}>
        <DesignForm
          schema={props.schema}
          values={values}
          onChange={props.onChange}
          {...(props.search === undefined ? {} : { search: props.search })}
        />
      </RootValuesProvider>
    </FormPlaceProvider>
  );
}

/** A form further in: `step` is the path of an item of a list, or of an object. */
export function InnerForm(props: DesignFormProps & { readonly step: string }) {
  const outer = useFormPlace();
  const place = useMemo<FormPlace>(
    () => ({ ...outer, path: outer.path === '' ? props.step : `${outer.path}/${props.step}` }),
    [outer, props.step],
  );
  return (
    <FormPlaceProvider value={place}>
      <DesignForm schema={props.schema} values={props.values} onChange={props.onChange} />
    </FormPlaceProvider>
  );
}

function problemsByName(schema: unknown, place: FormPlace): Readonly<Record<string, string>> {
  if (place.problems.size === 0) return {};
  const entries = listSettings(schema).flatMap((item) => {
    const path = joinPath(place.path, item.name);
    // A list shows the problems of its items at the items.
    const problem = isItemList(item.schema) ? place.problems.get(path) : problemWithin(place.problems, path);
    return problem === undefined ? [] : [[item.name, problem.message] as const];
  });
  return Object.fromEntries(entries);
}

function decorate(item: SettingItem, field: ReactNode, label: ReactNode): ReactNode {
  if (!isValidElement<FieldProps>(field)) return field;
  return <DecoratedSetting item={item} field={field} label={label} />;
}
