export { AppIcon } from './app-icon.tsx';
export { iconNames } from './icon-names.ts';
