import type { ReadRequest, SchemaDescription } from '@fettle/sdk';
import type { AggregatePlan } from './aggregate-plan.ts';
import type { CompiledStatement, Compiler } from './compiler.ts';
import { PlanCache } from './plan-cache.ts';
import type { RelatedPlan } from './related-rows.ts';
import { compileRead, readKey, type ListPlan, type ReadPlan } from './select-plan.ts';
import type { WritePlan } from './write-plan.ts';

/** Compiled statements per schema description: a new description forgets the plans of the old one. */
export interface Plans {
  readonly lists: PlanCache<ListPlan>;
  readonly reads: PlanCache<ReadPlan>;
  readonly related: PlanCache<RelatedPlan>;
  readonly writes: PlanCache<WritePlan>;
  readonly deletes: PlanCache<CompiledStatement>;
  readonly aggregates: PlanCache<AggregatePlan>;
}

/** Hands out the plans of a schema description. */
export class PlanStore {
  readonly #plans = new WeakMap<SchemaDescription, Plans>();
  readonly #compiler: Compiler;

  constructor(compiler: Compiler) {
    this.#compiler = compiler;
  }

  of(schema: SchemaDescription): Plans {
    const known = this.#plans.get(schema);
    if (known !== undefined) return known;
    const plans: Plans = {
      lists: new PlanCache(400),
      reads: new PlanCache(200),
      related: new PlanCache(200),
      writes: new PlanCache(400),
      deletes: new PlanCache(100),
      aggregates: new PlanCache(100),
    };
    this.#plans.set(schema, plans);
    return plans;
  }

  /** The plan for reading one row. */
  read(schema: SchemaDescription, request: ReadRequest): ReadPlan {
    const { reads } = this.of(schema);
    const key = readKey(request);
    let plan = reads.get(key);
    if (plan === undefined) {
      plan = compileRead(this.#compiler, schema, request);
      reads.set(key, plan);
    }
    return plan;
  }
}
