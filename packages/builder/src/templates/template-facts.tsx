import type { ReactNode } from 'react';
import { List, Stack, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { TemplateDetails } from '@fettle/contract';
import { triggerWords } from './trigger-words.ts';
import styles from './templates.module.css';

/** What a template does, brings and needs. */
export function TemplateFacts({ template }: { readonly template: TemplateDetails }) {
  const { description, features, needs, roles, tables, flows } = template;
  return (
    <div className={styles['facts']}>
      <Stack gap="lg">
        <Section title="What it is">
          {description.split(/\n{2,}/).map((paragraph) => (
            <Text size="sm" key={paragraph} mb="xs">
              {paragraph}
            </Text>
          ))}
          <List size="sm" spacing={6} icon={<IconCheck size={14} className={styles['check']} aria-hidden />} mt="sm">
            {features.map((feature) => (
              <List.Item key={feature}>{feature}</List.Item>
            ))}
          </List>
        </Section>
        <Section title="To set up after installing">
          {needs.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing: it works at once.
            </Text>
          ) : (
            <List size="sm" spacing={6}>
              {needs.map(({ text }) => (
                <List.Item key={text}>{text}</List.Item>
              ))}
            </List>
          )}
        </Section>
      </Stack>
      <Stack gap="lg">
        <Section title="Tables">
          <Entries
            entries={tables.map(({ name, title, columns, rows }) => ({
              key: name,
              name: title,
              text: `${columns} columns, ${rows === 0 ? 'no sample rows' : `${rows} sample rows`}`,
            }))}
          />
        </Section>
        {roles.length > 0 && (
          <Section title="Roles">
            <Entries entries={roles.map(({ id, name, description: text }) => ({ key: id, name, text }))} />
          </Section>
        )}
        {flows.length > 0 && (
          <Section title="Flows">
            <Entries
              entries={flows.map(({ name, description: text, trigger }) => ({
                key: name,
                name,
                text: text === '' ? triggerWords(trigger) : `${text} (${triggerWords(trigger)})`,
              }))}
            />
          </Section>
        )}
      </Stack>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

function Entries(props: {
  readonly entries: readonly { readonly key: string; readonly name: string; readonly text: string }[];
}) {
  return (
    <dl className={styles['entries']}>
      {props.entries.map(({ key, name, text }) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
