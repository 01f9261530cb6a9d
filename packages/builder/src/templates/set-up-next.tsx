import { Anchor, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { TemplateDetails } from '@fettle/contract';
import { useWorkspace } from '../shell/workspace.tsx';
import { useQuerySearch } from './use-query-search.ts';
import { useTemplate } from './use-templates.ts';

type Need = TemplateDetails['needs'][number];

/** After an app was made of a template: what to set up next. Shown where the address names the template. */
export function SetUpNext({ slug }: { readonly slug: string }) {
  const [id, setId] = useQuerySearch('template');
  return id === '' ? null : <Steps id={id} app={slug} onClose={() => setId('')} />;
}

function Steps({ id, app, onClose }: { readonly id: string; readonly app: string; readonly onClose: () => void }) {
  const template = useTemplate(id);
  if (template.data === undefined) return null;
  const { name, needs } = template.data;
  return (
    <Modal opened onClose={onClose} title={`${name} is installed`} centered>
      <Stack gap="md">
        <Text size="sm">
          {needs.length === 0
            ? 'It is published and works at once. Change anything you like here and publish again.'
            : 'It is published. Before your team starts, set up:'}
        </Text>
        {needs.length > 0 && (
          <List size="sm" spacing="xs" type="ordered">
            {needs.map((need) => (
              <List.Item key={need.text}>
                {need.text} <NeedLink need={need} />
              </List.Item>
            ))}
          </List>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" component="a" href={`/apps/${app}`} target="_blank">
            Open the app
          </Button>
          <Button data-autofocus onClick={onClose}>
            Start editing
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Where it is set up, when that is a page of the workspace. */
function NeedLink({ need }: { readonly need: Need }) {
  const { slug } = useWorkspace();
  const place = {
    secret: { href: `/w/${slug}/settings/secrets`, label: 'Secrets' },
    people: { href: `/w/${slug}/members`, label: 'Members' },
    'data-source': { href: `/w/${slug}/data`, label: 'Data' },
  }[need.kind];
  if (place === undefined) return null;
  return (
    <Anchor component={Link} href={place.href} size="sm">
      {place.label}
    </Anchor>
  );
}
