import type { Icon } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

type IconSet = Readonly<Record<string, Icon>>;

let loaded: IconSet | undefined;

async function loadIconSet(): Promise<IconSet> {
  loaded = (await import('./icon-set.ts')) as unknown as IconSet;
  return loaded;
}

/** `circle-check` is drawn by `IconCircleCheck`. */
export function iconComponentName(name: string): string {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `Icon${words.join('')}`;
}

/** An icon chosen by name at run time. Takes its place at once and is drawn when the set has arrived. */
export function AppIcon({ name, size = 16, label }: { name: string; size?: number; label?: string | undefined }) {
  const [set, setSet] = useState(loaded);
  useEffect(() => {
    if (set !== undefined) return undefined;
    let isMounted = true;
    void loadIconSet().then((icons) => {
      if (isMounted) setSet(icons);
    });
    return () => {
      isMounted = false;
    };
  }, [set]);
  const componentName = iconComponentName(name);
  const Drawing = set !== undefined && Object.hasOwn(set, componentName) ? set[componentName] : undefined;
  const meaning = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  if (Drawing === undefined) {
    return <span {...meaning} style={{ display: 'inline-block', width: size, height: size, flex: 'none' }} />;
  }
  return <Drawing {...meaning} size={size} stroke={1.75} style={{ flex: 'none' }} />;
}
