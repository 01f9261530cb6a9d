const words: Readonly<Record<string, string>> = {
  'core/manual': 'started from the app',
  'core/schedule': 'on a schedule',
  'core/row-changed': 'when a row changes',
  'core/rows-polled': 'when new rows appear',
  'core/email-received': 'when mail arrives',
  'core/file-uploaded': 'when a file is uploaded',
  'core/webhook': 'when another system calls',
};

/** What starts a flow, in a few words. */
export function triggerWords(trigger: string): string {
  return words[trigger] ?? 'when something happens';
}
