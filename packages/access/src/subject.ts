/** What a set of roles may do in one release or draft. The definition package computes it. */
export interface ReleaseRights {
  readonly screens: readonly string[];
  readonly queries: readonly string[];
  readonly flows: readonly string[];
  /** Event actions on the server (`<screen>/<owner>/<event>/<action>`) that may be started; absent: none. */
  readonly eventActions?: readonly string[];
  /** Data sources that may be copied as a whole; absent: none. Only flows have any. */
  readonly backups?: readonly string[];
  /** By table reference (`<data source>/<table>`). */
  readonly tables: Readonly<
    Record<
      string,
      {
        readonly view: boolean;
        readonly create: boolean;
        readonly update: boolean;
        readonly delete: boolean;
        readonly columns: 'all' | readonly string[];
        /** Columns of related rows that may be read beside all of the table's own. */
        readonly related?: readonly string[];
        /** Of a new row and of a changed one; absent: the same as `columns`. */
        readonly written?: { readonly create: 'all' | readonly string[]; readonly update: 'all' | readonly string[] };
      }
    >
  >;
}

/** One workspace. */
export interface WorkspaceSubject {
  readonly kind: 'workspace';
  readonly workspaceId: string;
}

/** One app as its builders know it. */
export interface AppSubject {
  readonly kind: 'app';
  readonly workspaceId: string;
  readonly appId: string;
}

/** One running app (a release, or a draft being tried), for somebody with these roles in it. */
export interface ReleaseSubject {
  readonly kind: 'release';
  readonly workspaceId: string;
  readonly appId: string;
  /** Expanded app roles of the actor. Empty: nobody there. */
  readonly roles: ReadonlySet<string>;
  readonly rights: ReleaseRights;
  /** The screen, query, flow, event action, data source or table reference that is asked for; absent for `app.open`. */
  readonly target?: string;
}

/** The actor's own account. */
export interface AccountSubject {
  readonly kind: 'account';
}

/** The whole installation. */
export interface InstallationSubject {
  readonly kind: 'installation';
}

/** What an action is done to. */
export type Subject = WorkspaceSubject | AppSubject | ReleaseSubject | AccountSubject | InstallationSubject;
