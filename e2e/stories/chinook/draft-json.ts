/** What the story reads of a draft. */
export interface DraftJson {
  readonly screens: Readonly<
    Record<string, { readonly components: Readonly<Record<string, { readonly type: string }>> }>
  >;
  readonly queries: Readonly<Record<string, unknown>>;
}

/** The id of the first component of a type. */
export function findComponent(draft: DraftJson, type: string): string {
  const all = Object.values(draft.screens).flatMap(({ components }) => Object.entries(components));
  return all.find(([, component]) => component.type === type)?.[0] ?? '';
}
