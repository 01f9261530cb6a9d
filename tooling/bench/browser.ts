import { launchBrowser } from '@fettle/testing';
import { measureCanvas } from './measure-canvas.ts';
import { measurePage } from './measure-page.ts';
import type { BenchOptions } from './options.ts';
import type { Product } from './product.ts';
import type { Figure } from './report.ts';

/** What is measured in Chromium: the published app and the canvas. */
export async function measureBrowser(product: Product, options: BenchOptions): Promise<readonly Figure[]> {
  const browser = await launchBrowser();
  try {
    return [
      ...(options.wants('page') ? await measurePage(browser, product, options) : []),
      ...(options.wants('canvas') ? await measureCanvas(browser, product, options) : []),
    ];
  } finally {
    await browser.close();
  }
}
