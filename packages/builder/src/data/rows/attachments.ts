/** A file of an attachment column. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/** The files in the JSON text of an attachment column, a single one or a list. What is no file is left out. */
export function readAttachments(text: string): readonly Attachment[] {
  if (text.trim() === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    return (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isAttachment);
  } catch {
    return [];
  }
}

/** The JSON text of files; null when there are none. */
export function writeAttachments(files: readonly Attachment[]): string | null {
  return files.length === 0 ? null : JSON.stringify(files, null, 2);
}

function isAttachment(value: unknown): value is Attachment {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, size } = value as Partial<Record<keyof Attachment, unknown>>;
  return typeof id === 'string' && typeof name === 'string' && typeof size === 'number';
}
