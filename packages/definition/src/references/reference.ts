/** A thing that others can refer to. Names of tables and columns are `<data source>/<table>` and `…/<column>`. */
export type ReferenceKind =
  | 'component'
  | 'query'
  | 'screen'
  | 'state'
  | 'role'
  | 'dataSource'
  | 'table'
  | 'column'
  | 'flow';

/** Where something stands in an app. `path` is a JSON pointer into the single-document form. */
export interface Place {
  readonly path: string;
  readonly screen?: string;
  readonly component?: string;
  readonly query?: string;
  readonly flow?: string;
  /** A step of that flow. */
  readonly step?: string;
  /** A test of that flow. */
  readonly flowTest?: string;
}

/** What a reference leads to. */
export interface ReferenceTarget {
  readonly kind: ReferenceKind;
  readonly id: string;
  /** The screen of a component: component ids are unique within a screen. */
  readonly screen?: string;
}

/** One place that uses one thing. */
export interface Reference {
  readonly from: Place;
  readonly to: ReferenceTarget;
  /** `id`: a setting holds the id (or name of the table). `binding`: an expression uses the name. */
  readonly by: 'id' | 'binding';
}
