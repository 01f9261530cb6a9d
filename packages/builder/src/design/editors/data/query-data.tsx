import { Text, TextInput } from '@mantine/core';
import type { DataSetting } from '@fettle/definition';
import { useApp } from '../../design-context.ts';
import { ParameterValues } from '../values/parameter-values.tsx';
import { QuerySelect } from '../reference-fields.tsx';

type QuerySetting = Extract<DataSetting, { kind: 'query' }>;

/** Rows from a query: which one, with what parameters, and where in its reply the rows are. */
export function QueryData(props: {
  readonly data: QuerySetting | undefined;
  readonly onChange: (data: DataSetting | undefined) => void;
  readonly inputId: string;
}) {
  const { data, onChange } = props;
  const query = useApp((app) => (data === undefined ? undefined : app.queries[data.query]));
  return (
    <>
      <QuerySelect
        value={data?.query}
        inputId={props.inputId}
        onlyReads
        onChange={(next) =>
          next !== data?.query && onChange(next === undefined ? undefined : { kind: 'query', query: next })
        }
      />
      {data !== undefined && query !== undefined && query.parameters.length > 0 && (
        <ParameterValues
          parameters={query.parameters}
          values={data.parameters ?? {}}
          onChange={(parameters) => {
            const { parameters: _old, ...rest } = data;
            onChange(Object.keys(parameters).length === 0 ? rest : { ...rest, parameters });
          }}
        />
      )}
      {data !== undefined && (
        <div>
          <Text size="xs" c="dimmed" mb={2}>
            Where the rows are
          </Text>
          <TextInput
            aria-label="Where the rows are in the reply"
            placeholder="The reply itself; for example items"
            value={data.path ?? ''}
            onChange={(event) => {
              const { path: _old, ...rest } = data;
              const path = event.currentTarget.value;
              onChange(path === '' ? rest : { ...rest, path });
            }}
          />
        </div>
      )}
    </>
  );
}
