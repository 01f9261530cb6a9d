import type { NavigationItem } from '@fettle/definition';
import { IconDots, IconExternalLink, IconFile } from '@tabler/icons-react';
import { useState, type MouseEvent } from 'react';
import type { AppStore } from '../state/app-store.ts';
import { isSafeUrl, buildPath } from '../router/route.ts';
import type { BrowserRouter } from '../router/browser-router.ts';
import styles from './shell.module.css';

/** One entry of the navigation, ready to be shown. */
export interface NavigationLink {
  readonly id: string;
  readonly label: string;
  readonly icon: string | undefined;
  readonly href: string;
  /** Path within the app; absent for links that lead out of it. */
  readonly path: string | undefined;
  readonly screen: string | undefined;
}

/** The entries a person can use: screens they may not open have been left out by the server. */
export function navigationLinks(
  items: readonly NavigationItem[],
  store: AppStore,
  router: BrowserRouter,
): readonly NavigationLink[] {
  const { screens, app } = store.facts.peek();
  return items.flatMap(({ id, label, icon, screen, url }): NavigationLink[] => {
    if (screen === undefined) {
      return url !== undefined && isSafeUrl(url)
        ? [{ id, label, icon, href: url, path: undefined, screen: undefined }]
        : [];
    }
    const target = screens[screen];
    if (target === undefined) return [];
    const path = screen === app.home ? '/' : buildPath(target.route);
    return [{ id, label, icon, href: router.href(path), path, screen }];
  });
}

interface NavigationProps {
  readonly links: readonly NavigationLink[];
  readonly current: string | undefined;
  readonly onGo: (path: string) => void;
  readonly renderIcon: ((name: string) => React.ReactNode) | undefined;
}

/** The links at the top or the side. */
export function NavigationLinks({ links, current, onGo, renderIcon }: NavigationProps) {
  return (
    <ul className={styles.links}>
      {links.map((link) => (
        <li key={link.id}>
          <a
            className={styles.link}
            href={link.href}
            aria-current={link.screen !== undefined && link.screen === current ? 'page' : undefined}
            {...(link.path === undefined ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
            onClick={(event) => follow(event, link, onGo)}
          >
            <span className={styles.linkIcon} aria-hidden>
              {iconOf(link, renderIcon)}
            </span>
            <span className={styles.linkLabel}>{link.label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

const onBottomBar = 4;

/** The links on a phone: a bar at the bottom, and a sheet for what does not fit on it. */
export function PhoneNavigation(props: NavigationProps) {
  const [isOpen, setOpen] = useState(false);
  const { links } = props;
  const fits = links.length <= onBottomBar + 1;
  const close = (path: string): void => {
    setOpen(false);
    props.onGo(path);
  };
  return (
    <nav className={styles.bottomBar} aria-label="App">
      <NavigationLinks {...props} links={fits ? links : links.slice(0, onBottomBar)} onGo={close} />
      {!fits && (
        <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span className={styles.linkIcon} aria-hidden>
            <IconDots size={18} />
          </span>
          More
        </button>
      )}
      {isOpen && (
        <div className={styles.sheet}>
          <NavigationLinks {...props} links={links.slice(onBottomBar)} onGo={close} />
        </div>
      )}
    </nav>
  );
}

function iconOf(link: NavigationLink, renderIcon: NavigationProps['renderIcon']): React.ReactNode {
  if (link.icon !== undefined && renderIcon !== undefined) return renderIcon(link.icon);
  return link.path === undefined ? <IconExternalLink size={18} /> : <IconFile size={18} />;
}

// A click with a modifier opens a tab of its own, as everywhere.
function follow(event: MouseEvent, link: NavigationLink, onGo: (path: string) => void): void {
  if (link.path === undefined || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  onGo(link.path);
}
