import { setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Settings that modal and drawer share. */
export const overlaySettings = {
  closeOnOutsideClick: setting(Type.Boolean(), {
    title: 'Close on a click outside',
    default: true,
    ui: { section: 'Behaviour' },
  }),
  closeOnEscape: setting(Type.Boolean(), {
    title: 'Close with Escape',
    default: true,
    ui: { section: 'Behaviour' },
  }),
  showClose: setting(Type.Boolean(), { title: 'Show the close button', default: true, ui: { section: 'Look' } }),
};

/** Slots that modal and drawer share. */
export const overlaySlots = [
  { name: 'body', title: 'Body', layout: 'stack' },
  { name: 'footer', title: 'Footer', layout: 'stack' },
] as const;

/** Events that modal and drawer share. */
export const overlayEvents = [
  { name: 'open', title: 'Opened' },
  { name: 'close', title: 'Closed' },
] as const;

/** What modal and drawer offer to expressions. `input` holds the values of the action that opened it. */
export const overlayExposes = { isOpen: Type.Boolean(), input: Type.Record(Type.String(), Type.Unknown()) };

/** Methods that modal and drawer share. */
export const overlayMethods = [
  { name: 'open', title: 'Open' },
  { name: 'close', title: 'Close' },
] as const;
