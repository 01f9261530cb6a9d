import { useEffect, useState } from 'react';
import { Code, Text, TextInput } from '@mantine/core';
import { complainAboutRoute, routeParameters, routeShape, type Screen } from '@fettle/definition';
import { useApp } from '../design-context.ts';

/** The address of a screen inside the app, with what its `:parts` mean. */
export function RouteField({
  screen,
  onChange,
}: {
  readonly screen: Screen;
  readonly onChange: (route: string) => void;
}) {
  const screens = useApp((app) => app.screens);
  const [text, setText] = useState(screen.route);
  useEffect(() => setText(screen.route), [screen.route]);
  const taken = Object.values(screens).find(
    (other) => other.id !== screen.id && routeShape(other.route) === routeShape(text),
  );
  const problem =
    text === screen.route
      ? undefined
      : (complainAboutRoute(text) ?? (taken === undefined ? undefined : `The screen ${taken.name} has this address.`));
  const parameters = routeParameters(text);
  const commit = (): void => {
    if (problem === undefined && text !== screen.route) onChange(text);
    else setText(screen.route);
  };
  return (
    <div data-setting="route">
      <TextInput
        aria-label="Address"
        placeholder="/tickets/:id"
        spellCheck={false}
        value={text}
        error={problem ?? false}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setText(screen.route);
        }}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {parameters.length === 0 ? (
          'A part such as :id takes a value from the address.'
        ) : (
          <>
            Expressions read {parameters.length === 1 ? 'it' : 'them'} as{' '}
            {parameters.map((name, index) => (
              <span key={name}>
                {index > 0 && ', '}
                <Code fz={11}>{`{{ screen.params.${name} }}`}</Code>
              </span>
            ))}
            .
          </>
        )}
      </Text>
    </div>
  );
}
