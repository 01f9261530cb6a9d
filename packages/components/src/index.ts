export { components, eventActions } from './extensions.ts';
export { AppIcon } from './icons/app-icon.tsx';
export { iconNames } from './icons/icon-names.ts';
