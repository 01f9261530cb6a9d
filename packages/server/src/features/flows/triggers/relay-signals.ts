/** Where starts are owed that are kept beside rows: a data source of this process. */
export interface OwingSource {
  readonly id: string;
  readonly workspaceId: string;
  readonly environment: 'development' | 'production';
}

/** How writes tell the relay of their process that starts are owed. */
export interface RelaySignals {
  /** Without a source: in the metadata. */
  owed(source?: OwingSource): void;
  onOwed(listener: (source: OwingSource | undefined) => void): void;
}

/** Makes the signals of a process. One relay listens. */
export function createRelaySignals(): RelaySignals {
  let listener: (source: OwingSource | undefined) => void = () => undefined;
  return {
    owed: (source) => listener(source),
    onOwed: (wanted) => {
      listener = wanted;
    },
  };
}
