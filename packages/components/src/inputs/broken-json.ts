/** Text that could not be read as JSON: kept as the value so that nothing typed is lost and the check can refuse it. */
export class BrokenJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** What is wrong with it, in words. */
  get complaint(): string {
    try {
      JSON.parse(this.text);
      return 'This is not valid JSON.';
    } catch (error) {
      const line = /line (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
      return line === undefined ? 'This is not valid JSON.' : `This is not valid JSON (line ${line}).`;
    }
  }
}

/** What is wrong with the value of a JSON input. */
export function checkJson(value: unknown): string | undefined {
  return value instanceof BrokenJson ? value.complaint : undefined;
}
