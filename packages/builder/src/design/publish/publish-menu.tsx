import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconExternalLink, IconHistory, IconRocket } from '@tabler/icons-react';
import { useDraft } from '../design-context.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { ReleasesDialog } from './releases-dialog.tsx';

/** Publishing, and the releases before. */
export function PublishMenu() {
  const info = useDraft((state) => state.info);
  const [isPublishing, publishing] = useDisclosure(false);
  const [isBrowsing, browsing] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button size="xs" rightSection={<IconChevronDown size={14} />}>
            Publish
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRocket size={14} />} onClick={publishing.open}>
            Publish changes …
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory size={14} />} onClick={browsing.open}>
            Releases …
          </Menu.Item>
          {info.live !== null && (
            <Menu.Item
              component="a"
              href={`/apps/${info.slug}`}
              target="_blank"
              leftSection={<IconExternalLink size={14} />}
            >
              Open the published app
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <PublishDialog isOpen={isPublishing} onClose={publishing.close} />
      <ReleasesDialog isOpen={isBrowsing} onClose={browsing.close} />
    </>
  );
}
