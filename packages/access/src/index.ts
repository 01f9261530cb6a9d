export { filterColumns, filterOperators, filterSchema, isFilterGroup, sortSchema } from './filter.ts';
export type { Filter, FilterCondition, FilterOperator, RelationFilter, Sort } from './filter.ts';
export { filterLimits, parseFilter } from './parse-filter.ts';
