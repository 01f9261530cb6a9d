import { Badge, Button, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconPlayerPlay, IconPlus } from '@tabler/icons-react';
import { Link } from 'wouter';
import { ErrorState } from '../shell/error-state.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { useWorkspace } from '../shell/workspace.tsx';
import { InstallDialog } from './install-dialog.tsx';
import { TemplateFacts } from './template-facts.tsx';
import { TemplateShots } from './template-shots.tsx';
import { useTemplate } from './use-templates.ts';
import styles from './templates.module.css';

/** One template: how it looks, what it brings and needs; trying and installing it. */
export function TemplatePage({ id }: { readonly id: string }) {
  const { slug } = useWorkspace();
  const template = useTemplate(id);
  const [isInstalling, installing] = useDisclosure(false);
  return (
    <Stack gap="lg" className={styles['page']}>
      <Link href={`/w/${slug}/templates`} className={styles['back'] ?? ''}>
        <IconArrowLeft size={14} aria-hidden /> All templates
      </Link>
      {template.isPending && (
        <Stack role="status" aria-label="Loading">
          <Skeleton height={40} width="50%" />
          <Skeleton height={420} radius="md" />
        </Stack>
      )}
      {template.isError && (
        <ErrorState
          error={template.error}
          title="The template could not be loaded"
          onRetry={() => void template.refetch()}
        />
      )}
      {template.isSuccess && (
        <>
          <PageHeader
            title={template.data.name}
            lead={template.data.summary}
            actions={
              <>
                <Button
                  variant="default"
                  leftSection={<IconPlayerPlay size={14} />}
                  component={Link}
                  href={`/w/${slug}/templates/${id}/try`}
                >
                  Try it
                </Button>
                <Button leftSection={<IconPlus size={14} />} onClick={installing.open}>
                  Use this template
                </Button>
              </>
            }
          />
          <div className={styles['tags']}>
            <Badge variant="light">{template.data.category}</Badge>
            {template.data.tags.map((tag) => (
              <Badge key={tag} variant="light" color="gray">
                {tag}
              </Badge>
            ))}
          </div>
          <TemplateShots template={template.data} />
          <TemplateFacts template={template.data} />
          <InstallDialog template={template.data} isOpen={isInstalling} onClose={installing.close} />
        </>
      )}
    </Stack>
  );
}
