import { withinLimit } from '../services/stored-text.ts';
import { runTask, type WorkOrder } from './run-task.ts';

/** The text whose parts a task gives. `what` is what it holds, such as "JSON". */
export async function textOfTask(order: WorkOrder, what: string): Promise<string> {
  let text = '';
  for await (const part of runTask(order)) text = withinLimit(text + String(part), what);
  return text;
}
