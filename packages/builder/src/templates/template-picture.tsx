import { IconPhoto } from '@tabler/icons-react';
import { useScreenshotUrl } from './use-templates.ts';
import styles from './templates.module.css';

/** A picture of a screen; a plain place where there is none yet. */
export function TemplatePicture(props: {
  readonly template: string;
  readonly file: string | null;
  /** What is on it; empty where words beside it say so. */
  readonly label: string;
  readonly size: 'desktop' | 'phone';
}) {
  const { template, file, label, size } = props;
  const urlOf = useScreenshotUrl(template);
  return (
    <div className={styles['picture']} data-size={size}>
      {file === null ? (
        <IconPhoto size={24} aria-hidden />
      ) : (
        <img src={urlOf(file)} alt={label} loading="lazy" decoding="async" />
      )}
    </div>
  );
}
