/**
 * Runs in the head of every page and watches for parts of it that do not come: the server was upgraded and no longer has
 * the files of this page, or the connection broke. It says so and offers to reload; a page of an older build with nothing
 * unsaved reloads by itself, once per build. Its text is put into the page: it can use nothing from outside of itself.
 */
export function watchLoadFailures(): void {
  const memory = 'fettle-reloaded-for';
  const inPlace = '[data-fettle-load-failure]';
  /** What somebody has changed or chosen on this page, as long as it stands there. */
  const touched = new Set<Element>();
  const touch = (event: Event): void => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const owner = event.type === 'click' ? target.closest('form, [role="dialog"], [role="listbox"]') : target;
    if (owner === null || touched.has(owner)) return;
    for (const other of touched) if (!other.isConnected) touched.delete(other);
    touched.add(owner);
  };
  for (const type of ['input', 'change', 'click']) addEventListener(type, touch, { capture: true, passive: true });

  /** The scripts that a page starts with: their names change with what is in them. */
  const entryOf = (page: Document): string =>
    [...page.querySelectorAll('script[type="module"][src]')].map((script) => script.getAttribute('src')).join();

  /** What the server's page starts with by now, when that is something else. */
  const newerBuild = async (): Promise<string | undefined> => {
    try {
      const answer = await fetch(location.href, { cache: 'no-store', headers: { Accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const entry = answer.ok ? entryOf(page) : '';
      return entry === '' || entry === entryOf(document) ? undefined : entry;
    } catch {
      return undefined;
    }
  };

  const hasUnsaved = (): boolean => {
    for (const element of touched) if (element.isConnected) return true;
    // Whoever has something to lose says so when the page is left.
    return !dispatchEvent(new Event('beforeunload', { cancelable: true }));
  };

  /** True the first time for a build: a page that fails again after its reload must not reload for ever. */
  const mayReloadFor = (build: string): boolean => {
    try {
      if (sessionStorage.getItem(memory) === build) return false;
      sessionStorage.setItem(memory, build);
      return sessionStorage.getItem(memory) === build;
    } catch {
      return false;
    }
  };

  const part = (name: string, text: string): HTMLElement => {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  };

  const tell = (isUpgraded: boolean): void => {
    // What the server rendered for another width is there, and hidden.
    const isBlank = (document.getElementById('root')?.offsetHeight ?? 0) === 0;
    if (document.querySelector(isBlank ? '#fettle-load-failure' : `${inPlace}, #fettle-load-failure`) !== null) return;
    const message = document.createElement('div');
    message.id = 'fettle-load-failure';
    message.setAttribute('role', 'alert');
    if (isBlank) message.dataset['blank'] = '';
    const reload = part('button', 'Reload');
    reload.addEventListener('click', () => location.reload());
    const words = document.createElement('div');
    words.append(
      part('strong', isBlank ? 'This page could not be loaded' : 'A part of this page could not be loaded'),
      part(
        'span',
        isUpgraded
          ? 'Fettle was upgraded while the page was open. Reload it to go on.'
          : 'Check your connection, then reload the page.',
      ),
    );
    message.append(words, reload);
    if (!isBlank) {
      const dismiss = part('button', 'Not now');
      dismiss.addEventListener('click', () => message.remove());
      message.append(dismiss);
      // Where the machine is slow, the place of it says it later.
      const watch = new MutationObserver(() => {
        if (document.querySelector(inPlace) !== null) message.remove();
        if (!message.isConnected) watch.disconnect();
      });
      watch.observe(document.body, { childList: true, subtree: true });
    }
    document.body.append(message);
  };

  let isLooking = false;
  const failed = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    const build = await newerBuild();
    if (build !== undefined && !hasUnsaved() && mayReloadFor(build)) location.reload();
    // Whatever says it in its own place may take a moment to.
    else setTimeout(() => tell(build !== undefined), 600);
    isLooking = false;
  };

  addEventListener(
    'error',
    ({ target }) => {
      const isScript = target instanceof HTMLScriptElement && target.src !== '';
      const isStyle = target instanceof HTMLLinkElement && target.rel === 'stylesheet';
      if (isScript || isStyle) void failed();
    },
    { capture: true },
  );
  addEventListener('vite:preloadError', () => void failed());
}
