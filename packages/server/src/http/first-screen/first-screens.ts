import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, bug } from '@fettle/base';
import { routes, type RunnableApp } from '@fettle/contract';
import type { Log } from '../../log.ts';
import type { AskForPage } from '../dispatch.ts';
import { createQuestionMemory } from './question-memory.ts';
import { createReadings } from './readings.ts';
import type { RenderQuestion, ViewHints } from './render-protocol.ts';
import type { Renderer } from './renderer-process.ts';
import { viewHintsOf } from './view-hints.ts';

/** The beginning of a published app, for the page that shows it. */
export interface FirstScreen {
  readonly name: string;
  /** The colour scheme that the app's theme fixes. */
  readonly scheme: 'light' | 'dark' | undefined;
  /** What it is rendered for. */
  readonly hints: ViewHints;
  /** Renders and reads on. Never rejects. */
  finish(): Promise<{
    readonly html: string | undefined;
    /** Definition and rows as JSON, for the runtime. */
    readonly data: string;
  }>;
}

/** Prepares first screens: the app as the person may see it, its rows, and how both look. */
export interface FirstScreens {
  /** Gets ready for pages to come. */
  warm(): void;
  /** Undefined when the person cannot open the app as they come: then the page asks by itself and says why. */
  open(slug: string, request: IncomingMessage, response: ServerResponse): Promise<FirstScreen | undefined>;
}

/** Makes first screens. Without a renderer pages still get their definition. */
export function createFirstScreens(options: {
  readonly ask: AskForPage;
  readonly renderer: Renderer | undefined;
  readonly log: Log;
}): FirstScreens {
  const { ask, renderer, log } = options;
  const memory = createQuestionMemory();
  return {
    warm: () => renderer?.warm(),
    async open(slug, request, response) {
      const page = { request, response };
      let app: RunnableApp;
      try {
        app = (await ask(page, { route: routes.apps.open, params: { app: slug } })) as RunnableApp;
      } catch (error) {
        if (!(error instanceof AppError)) log.error({ err: error }, 'A page could not be prepared');
        return undefined;
      }
      const { theme } = app.client;
      const hints = viewHintsOf(request);
      const address = request.url ?? '/';
      return {
        name: app.client.app.name,
        scheme: theme.scheme === 'light' || theme.scheme === 'dark' ? theme.scheme : undefined,
        hints,
        async finish() {
          const definition = JSON.stringify(app);
          const place = `${app.version} ${app.user?.id ?? ''} ${address}`;
          const readings = createReadings((question) => readFor(ask, page, app, question));
          // What the same page asked for last time is read while it is being rendered.
          for (const question of memory.recall(place)) readings.begin(question);
          const html = await renderer?.render({ definition, address, hints, read: readings.answersTo });
          if (html !== undefined) memory.note(place, readings.asked());
          const answers = (await readings.finished()).map(
            ({ question, reply }) => `{"question":${JSON.stringify(question)},"reply":${reply}}`,
          );
          return { html, data: `{"definition":${definition},"answers":[${answers.join(',')}]}` };
        },
      };
    },
  };
}

/** One answer as JSON; undefined when there is none. The browser will ask for itself then and show what is wrong. */
async function readFor(
  ask: AskForPage,
  page: Parameters<AskForPage>[0],
  app: RunnableApp,
  question: RenderQuestion,
): Promise<string | undefined> {
  try {
    const reply = await ask(page, askedBy(app, question));
    return reply === undefined ? undefined : JSON.stringify(reply);
  } catch {
    return undefined;
  }
}

function askedBy({ slug, client }: RunnableApp, question: RenderQuestion): Parameters<AskForPage>[1] {
  if (question.kind === 'list') {
    const { dataSource, table, request } = question;
    return { route: routes.apps.rows.list, params: { app: slug, dataSource, table }, body: request };
  }
  const { query, parameters } = question;
  // Opening a page changes nothing, whatever asks for it.
  if (client.queries[query]?.mode !== 'read') throw bug('Only queries that read may run for a page.');
  return { route: routes.apps.runQuery, params: { app: slug, query }, body: { parameters } };
}
