import { Text } from '@mantine/core';
import { Link } from 'wouter';
import type { TemplateCard as Card } from '@fettle/contract';
import { useWorkspace } from '../shell/workspace.tsx';
import { TemplatePicture } from './template-picture.tsx';
import styles from './templates.module.css';

/** A template in the gallery: how it looks, its name and what a team gets. */
export function TemplateCard({ template }: { readonly template: Card }) {
  const { slug } = useWorkspace();
  const { id, name, summary, screenshot } = template;
  return (
    <article className={styles['card']}>
      <TemplatePicture template={id} file={screenshot} label="" size="desktop" />
      <div className={styles['cardText']}>
        <Link href={`/w/${slug}/templates/${id}`} className={styles['open'] ?? ''}>
          {name}
        </Link>
        <Text size="sm" c="dimmed">
          {summary}
        </Text>
      </div>
    </article>
  );
}
