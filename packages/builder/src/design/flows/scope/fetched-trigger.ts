import { create } from 'zustand';
import { jsonEquals, type Json } from '@fettle/base';
import type { Flow } from '@fettle/definition';

/** What was fetched for a flow, and with which trigger. */
interface FetchedTrigger {
  readonly trigger: Flow['trigger'];
  readonly value: Json;
}

const useFetched = create<Readonly<Record<string, FetchedTrigger>>>(() => ({}));

/** Keeps what a trigger brought on trial as the flow's example, as long as the page is open and the trigger is the same. */
export function keepFetched(flow: Flow, value: Json): void {
  useFetched.setState({ [flow.id]: { trigger: flow.trigger, value } });
}

/** What was fetched for the trigger as it is now. */
export function useFetchedTrigger(flow: Flow): Json | undefined {
  const fetched = useFetched((all) => all[flow.id]);
  return fetched !== undefined && jsonEquals(fetched.trigger as Json, flow.trigger as Json) ? fetched.value : undefined;
}
