import { AppError } from '@fettle/base';
import { Component, type ReactNode } from 'react';
import { effect } from '@preact/signals-core';
import type { ComponentInstance } from '../state/component-instance.ts';
import { PlaceError } from './place-error.tsx';

interface BoundaryProps {
  readonly instance: ComponentInstance;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error: Error | undefined;
}

/** Keeps a failing component to its own place. New settings give it another try. */
export class ComponentBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: undefined };
  #stopWatching: (() => void) | undefined;

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return {
      error: error instanceof Error ? error : new AppError('bug', { code: 'component.threw', message: String(error) }),
    };
  }

  override componentDidCatch(error: Error): void {
    const { instance } = this.props;
    instance.reportRender(error);
    this.#stopWatching?.();
    let isFirst = true;
    this.#stopWatching = effect(() => {
      void instance.settings.value;
      if (!isFirst) this.#reset();
      isFirst = false;
    });
  }

  override componentWillUnmount(): void {
    this.#stopWatching?.();
  }

  #reset(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.props.instance.reportRender(undefined);
    this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const retry = (): void => {
      this.props.onRetry();
      this.#reset();
    };
    return (
      <PlaceError title="This part could not be shown" message={error.message} act={{ label: 'Retry', run: retry }} />
    );
  }
}

/** Stands in for a component whose type is not installed. */
export function MissingComponent({ type }: { readonly type: string }) {
  return (
    <PlaceError
      title={`Component type “${type}” is not installed`}
      message="Its place and settings are kept. Install the plugin that brings it."
    />
  );
}
