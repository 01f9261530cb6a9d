import type { BenchOptions } from './options.ts';
import type { Product } from './product.ts';
import type { Figure } from './report.ts';

/** Placeholder. */
export async function measureBrowser(_product: Product, _options: BenchOptions): Promise<readonly Figure[]> {
  return [];
}
