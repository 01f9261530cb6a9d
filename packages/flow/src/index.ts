export { finalStates } from './journal.ts';
export type { EntryState, JournalEntry, RunError, RunHead, RunState, StepLog, Vars } from './journal.ts';
export { FenceLostError } from './ports.ts';
export type { ActionCall, ActionHost, ChildRun, ClaimedRun, RunCommit, RunHost, RunStore, WaitState } from './ports.ts';
