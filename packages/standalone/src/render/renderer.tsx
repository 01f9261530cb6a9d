import { AppIcon, components } from '@fettle/components';
import { createExtensionRegistry } from '@fettle/runtime';
import {
  startFirstScreen,
  type FirstAnswer,
  type FirstQuestion,
  type FirstScreenRendering,
} from '@fettle/runtime/render-page';
import type { FromRenderer, ToRenderer } from '@fettle/server';
import { practiceAnswer, practiceApp } from './practice.ts';

// The process that renders first screens. It reaches nothing: what a screen asks for, the server reads and sends.
const extensions = createExtensionRegistry({ components, eventActions: [] });
const renderIcon = (name: string) => <AppIcon name={name} size={18} />;

interface Job {
  readonly rendering: FirstScreenRendering;
  readonly answers: FirstAnswer[];
}

const jobs = new Map<number, Job>();

process.on('message', (message: ToRenderer) => {
  take(message).catch((error: unknown) => {
    jobs.delete(message.job);
    send({ kind: 'failed', job: message.job, message: error instanceof Error ? error.message : String(error) });
  });
});
process.on('disconnect', () => process.exit(0));

async function take(message: ToRenderer): Promise<void> {
  if (message.kind === 'start') {
    const { definition, address, hints } = message;
    const input = { definition: JSON.parse(definition) as never, address, surroundings: hints };
    const rendering = await startFirstScreen(input, { extensions, renderIcon });
    const job = { rendering, answers: [] };
    jobs.set(message.job, job);
    return draw(message.job, job, false);
  }
  const job = jobs.get(message.job);
  if (job === undefined) return;
  for (const { question, reply } of message.answers)
    job.answers.push({ question: question as FirstQuestion, reply: JSON.parse(reply) as unknown });
  draw(message.job, job, message.isLast);
}

function draw(id: number, { rendering, answers }: Job, isLast: boolean): void {
  const { html, questions } = rendering.render(answers);
  if (questions.length > 0 && !isLast) return send({ kind: 'asks', job: id, questions });
  jobs.delete(id);
  send({ kind: 'drawn', job: id, html });
}

function send(message: FromRenderer): void {
  process.send?.(message);
}

/** What makes code fast is running it: a first page takes 100 ms, the one after these a tenth of it. */
const practiceRounds = 16;

/** Renders a page of nobody's, again and again, and lets whoever came meanwhile go first. */
async function practise(): Promise<void> {
  const input = {
    definition: practiceApp(),
    address: '/apps/practice',
    surroundings: { locale: 'en', timeZone: 'UTC', isNarrow: false },
  };
  for (let round = 0; round < practiceRounds; round += 1) {
    const rendering = await startFirstScreen(input, { extensions, renderIcon });
    rendering.render(rendering.render([]).questions.map(practiceAnswer));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

await practise();
send({ kind: 'ready' });
