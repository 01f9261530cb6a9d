import type { ReactNode } from 'react';
import { notFound } from '@fettle/base';
import type { ComponentHost } from '../react/host.ts';
import { createTestData, type TestData, type TestDataOptions } from './test-data.ts';
import { useTestRows } from './use-test-rows.ts';

/** What {@link createTestHost} is made of. All optional. */
export interface TestHostOptions extends TestDataOptions {
  readonly id?: string;
  readonly name?: string;
  readonly mode?: 'run' | 'design';
  readonly locale?: string;
  readonly timeZone?: string;
  /** False when absent. */
  readonly isNarrow?: boolean;
  /** Children by slot name; a function gets the scope of the rendering. */
  readonly slots?: Readonly<Record<string, ReactNode | ((scope: Readonly<Record<string, unknown>>) => ReactNode)>>;
  /** Names of the events that have actions. */
  readonly events?: readonly string[];
  /** Answers `emit`. True when absent. */
  readonly onEmit?: (
    name: string,
    payload: Readonly<Record<string, unknown>> | undefined,
  ) => boolean | Promise<boolean>;
  /** What waits for the person. Nothing when absent. */
  readonly approvals?: ComponentHost['approvals'];
  /** Answers `confirm`. True when absent. */
  readonly confirms?: boolean;
}

/** A host for one component in a test, and everything that the component did with it. */
export interface TestHost {
  readonly host: ComponentHost;
  readonly data: TestData;
  readonly emitted: readonly { readonly name: string; readonly payload?: Readonly<Record<string, unknown>> }[];
  /** The values exposed last, by key. */
  readonly exposed: Readonly<Record<string, unknown>>;
  readonly navigations: readonly Parameters<ComponentHost['navigate']>[0][];
  readonly messages: readonly Parameters<ComponentHost['notify']>[0][];
  readonly questions: readonly Parameters<ComponentHost['confirm']>[0][];
  /** Names of the methods on offer. */
  methods(): readonly string[];
  /** Calls a method that the component offers. */
  call(method: string, input?: Readonly<Record<string, unknown>>): unknown;
}

/** Makes an in-memory {@link ComponentHost} for tests of components. */
export function createTestHost(options: TestHostOptions = {}): TestHost {
  const data = createTestData(options);
  const emitted: { name: string; payload?: Readonly<Record<string, unknown>> }[] = [];
  const exposed: Record<string, unknown> = {};
  const navigations: Parameters<ComponentHost['navigate']>[0][] = [];
  const messages: Parameters<ComponentHost['notify']>[0][] = [];
  const questions: Parameters<ComponentHost['confirm']>[0][] = [];
  const methods = new Map<string, (input?: Readonly<Record<string, unknown>>) => unknown>();

  const host: ComponentHost = {
    id: options.id ?? 'cmp_test',
    name: options.name ?? 'test',
    mode: options.mode ?? 'run',
    locale: options.locale ?? 'en-GB',
    timeZone: options.timeZone ?? 'UTC',
    isNarrow: options.isNarrow ?? false,
    data,
    hasEvent: (name) => options.events?.includes(name) ?? false,
    async emit(name, payload) {
      emitted.push(payload === undefined ? { name } : { name, payload });
      return (await options.onEmit?.(name, payload)) ?? true;
    },
    expose: (values) => {
      Object.assign(exposed, values);
    },
    offer(method, run) {
      methods.set(method, run);
      return () => {
        if (methods.get(method) === run) methods.delete(method);
      };
    },
    slot(name, slotOptions) {
      const content = options.slots?.[name];
      return typeof content === 'function' ? content(slotOptions?.scope ?? {}) : content;
    },
    slotSize: (name) => (options.slots?.[name] === undefined ? 0 : 1),
    navigate: (target) => {
      navigations.push(target);
    },
    addressOf: ({ screen, params = {} }) =>
      `https://tools.example.com/apps/test/${[screen, ...Object.values(params)].map(String).join('/')}`,
    notify: (message) => {
      messages.push(message);
    },
    async confirm(question) {
      questions.push(question);
      return options.confirms ?? true;
    },
    approvals: options.approvals ?? (() => undefined),
    useRows: (setting, rowsOptions) => useTestRows(data, setting, rowsOptions),
  };

  return {
    host,
    data,
    emitted,
    exposed,
    navigations,
    messages,
    questions,
    methods: () => [...methods.keys()],
    call(method, input) {
      const run = methods.get(method);
      if (run === undefined) {
        throw notFound({ code: 'method.unknown', message: `The component does not offer the method ${method}.` });
      }
      return run(input);
    },
  };
}
