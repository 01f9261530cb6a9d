/** How large an app may be. Generous for people, final for machines. */
export const appLimits = {
  screens: 500,
  componentsPerScreen: 5_000,
  /** How deep components may be nested in one another. */
  componentDepth: 60,
  queries: 2_000,
  flows: 1_000,
  stepsPerFlow: 1_000,
  flowTests: 5_000,
  /** How deep event actions or flow steps may be nested in one another. */
  actionDepth: 12,
  /** Characters of a text that holds a binding. */
  expressionLength: 20_000,
  /** Characters of any text. */
  textLength: 500_000,
  /** Characters of any key. */
  keyLength: 300,
  /** How deep JSON may be nested. */
  jsonDepth: 64,
  /** How many values all documents of an app hold together. */
  jsonValues: 4_000_000,
} as const;
