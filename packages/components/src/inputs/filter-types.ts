import type { ListRequest } from '@fettle/sdk';

/** A row filter, as list requests carry it. */
export type Filter = NonNullable<ListRequest['filter']>;
/** A comparison of one column. */
export type FilterCondition = Extract<Filter, { readonly operator: string }>;
/** A comparison operator. */
export type FilterOperator = FilterCondition['operator'];
/** One sort column. */
export type Sort = NonNullable<ListRequest['sort']>[number];
