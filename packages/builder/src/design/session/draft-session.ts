import { AppError, type Result } from '@fettle/base';
import type { App, ExtensionCatalog } from '@fettle/definition';
import { applyCommand, createHistory, type Applied, type Command, type History } from '@fettle/edit';
import type { AppInfo } from '@fettle/contract';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DraftPort, LoadedDraft } from './draft-port.ts';

/** How far the server is with what was edited here. */
export type SaveState = 'saved' | 'saving' | 'offline' | 'failed';

/** What the builder shows of a draft. */
export interface DraftState {
  readonly info: AppInfo;
  /** The draft with everything edited here, sent or not. */
  readonly app: App;
  /** The last revision that the server confirmed. */
  readonly revision: number;
  readonly save: SaveState;
  /** Why the last save failed. */
  readonly error?: AppError;
  /** Edits that could not be kept because somebody changed the same place. Shown until dismissed. */
  readonly lost?: string;
  readonly history: History;
}

interface Pending {
  readonly command: Command;
  readonly after: App;
}

/** How long edits are gathered before they are sent, in milliseconds. */
const gatherTime = 250;
const retryTimes = [1000, 2000, 5000, 10_000, 30_000] as const;

/**
 * The one way to change a draft in the builder. An edit shows at once; commands are sent in order in the background,
 * with a request id so that a repeated delivery counts once. Edits of others that the server put before ours are
 * slotted in; ours that no longer fit are named, never dropped in silence.
 */
export class DraftSession {
  readonly store: StoreApi<DraftState>;
  readonly #port: DraftPort;
  readonly #catalog: ExtensionCatalog;
  /** The app at the confirmed revision. */
  #confirmed: App;
  /** Commands applied here and not confirmed, each with the app after it; the first `#inFlight` are on their way. */
  #pending: Pending[] = [];
  #inFlight = 0;
  #requestId: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #isClosed = false;

  constructor(port: DraftPort, catalog: ExtensionCatalog, draft: LoadedDraft) {
    this.#port = port;
    this.#catalog = catalog;
    this.#confirmed = draft.app;
    this.store = createStore<DraftState>(() => ({
      info: draft.info,
      app: draft.app,
      revision: draft.revision,
      save: 'saved',
      history: createHistory(),
    }));
  }

  /** Applies a command and queues it. A command that would break the app changes nothing and says why. */
  dispatch(command: Command, options: { readonly mergeKey?: string } = {}): Result<Applied, AppError> {
    const applied = this.#apply(command);
    if (applied.ok) {
      const { mergeKey } = options;
      const entry = { command, inverse: applied.value.inverse, ...(mergeKey === undefined ? {} : { mergeKey }) };
      this.store.setState((state) => ({ history: state.history.push(entry) }));
    }
    return applied;
  }

  /** Ends the merging of edits: the next one is its own step. */
  mark(): void {
    this.store.setState((state) => ({ history: state.history.mark() }));
  }

  /** Takes the last step back. False when there is none or it no longer fits. */
  undo(): boolean {
    return this.#step('undo');
  }

  /** Does an undone step again. */
  redo(): boolean {
    return this.#step('redo');
  }

  /** True while something here has not reached the server. */
  get hasUnsaved(): boolean {
    return this.#pending.length > 0;
  }

  /** Sends what is left now; resolves when everything is confirmed, rejects when that fails. */
  async flush(): Promise<void> {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.hasUnsaved) {
      const error = await this.#send();
      if (error !== undefined) throw error;
    }
  }

  /** Takes over what the server says of the app outside its definition (name of the live release, address). */
  setInfo(info: AppInfo): void {
    this.store.setState({ info });
  }

  dismissLost(): void {
    this.store.setState((state) => {
      const { lost: _, ...rest } = state;
      return rest;
    }, true);
  }

  /** Stops sending. What is unsaved stays unsaved: ask {@link hasUnsaved} first. */
  close(): void {
    this.#isClosed = true;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
  }

  #apply(command: Command): Result<Applied, AppError> {
    const applied = applyCommand(this.store.getState().app, command, { catalog: this.#catalog });
    if (applied.ok) {
      this.#pending.push({ command, after: applied.value.app });
      this.store.setState({ app: applied.value.app, save: 'saving' });
      this.#schedule(gatherTime);
    }
    return applied;
  }

  #step(direction: 'undo' | 'redo'): boolean {
    const move = this.store.getState().history[direction]();
    if (move === undefined) return false;
    const applied = this.#apply(move.command);
    if (applied.ok) this.store.setState({ history: move.history });
    return applied.ok;
  }

  #schedule(delay: number): void {
    if (this.#isClosed || this.#timer !== undefined || this.#inFlight > 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, delay);
  }

  async #send(): Promise<AppError | undefined> {
    if (this.#pending.length === 0 || this.#inFlight > 0) {
      // Another send is under way: wait a little, the caller looks again.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return undefined;
    }
    // The same commands keep their request id over retries: the server applies them once.
    this.#requestId ??= this.#port.createRequestId();
    const sent = this.#pending.slice(0, 200);
    const commands = sent.map(({ command }) => command);
    this.#inFlight = commands.length;
    try {
      const reply = await this.#port.send({
        revision: this.store.getState().revision,
        requestId: this.#requestId,
        commands,
      });
      this.#confirm(sent, reply);
      return undefined;
    } catch (error) {
      return this.#fail(error);
    } finally {
      this.#inFlight = 0;
      if (this.hasUnsaved) this.#schedule(this.#attempt === 0 ? gatherTime : (retryTimes[this.#attempt - 1] ?? 30_000));
    }
  }

  #confirm(
    sent: readonly Pending[],
    reply: { readonly revision: number; readonly rebasedOver: readonly Command[] },
  ): void {
    this.#attempt = 0;
    this.#requestId = undefined;
    this.#pending = this.#pending.slice(sent.length);
    if (reply.rebasedOver.length === 0) this.#confirmed = sent.at(-1)?.after ?? this.#confirmed;
    else {
      for (const command of [...reply.rebasedOver, ...sent.map(({ command: own }) => own)]) {
        const applied = applyCommand(this.#confirmed, command, { catalog: this.#catalog });
        if (applied.ok) this.#confirmed = applied.value.app;
      }
    }
    this.store.setState({ revision: reply.revision, save: this.hasUnsaved ? 'saving' : 'saved' });
    if (reply.rebasedOver.length > 0) this.#replayPending();
  }

  /** Builds the shown app again from the confirmed one and what is pending. */
  #replayPending(): void {
    let app = this.#confirmed;
    const kept: Pending[] = [];
    let lost = 0;
    for (const { command } of this.#pending) {
      const applied = applyCommand(app, command, { catalog: this.#catalog });
      if (applied.ok) {
        app = applied.value.app;
        kept.push({ command, after: app });
      } else lost += 1;
    }
    this.#pending = kept;
    const message = `${lost === 1 ? 'One of your edits' : `${lost} of your edits`} did not fit what somebody else changed meanwhile and was taken back.`;
    this.store.setState({ app, ...(lost === 0 ? {} : { lost: message, history: createHistory() }) });
  }

  async #fail(error: unknown): Promise<AppError> {
    const known =
      error instanceof AppError
        ? error
        : new AppError('unavailable', { code: 'draft.save', message: 'The edit could not be saved.', cause: error });
    if (known.kind === 'conflict' || known.kind === 'input') {
      await this.#reload().catch((cause: unknown) => this.#offline(cause instanceof AppError ? cause : known));
      return known;
    }
    this.#offline(known);
    return known;
  }

  #offline(error: AppError): void {
    this.#attempt = Math.min(this.#attempt + 1, retryTimes.length);
    const isPassing = ['unavailable', 'timeout', 'upstream', 'too-many', 'bug'].includes(error.kind);
    this.store.setState({ save: isPassing ? 'offline' : 'failed', error });
  }

  async #reload(): Promise<void> {
    const draft = await this.#port.load();
    this.#requestId = undefined;
    this.#confirmed = draft.app;
    const before = this.#pending.length;
    // What the server refused as a whole is tried one by one on top of the newest draft.
    this.store.setState({ info: draft.info, revision: draft.revision });
    this.#attempt += 1;
    if (this.#attempt > 3) {
      this.#pending = [];
      this.#attempt = 0;
      this.store.setState({
        app: draft.app,
        save: 'saved',
        history: createHistory(),
        lost: `${before === 1 ? 'Your last edit' : `Your last ${before} edits`} could not be saved on top of what changed meanwhile. The newest version is shown.`,
      });
      return;
    }
    this.#replayPending();
    this.store.setState({ save: this.hasUnsaved ? 'saving' : 'saved' });
  }
}
