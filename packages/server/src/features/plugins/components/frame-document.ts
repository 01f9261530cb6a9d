import { createHash } from 'node:crypto';

/** The document of a frame, and the policy it must be sent with. */
export interface FrameDocument {
  readonly html: string;
  readonly policy: string;
}

/**
 * Makes the document that a component of a plugin runs in. It holds all of its code, so that its policy can name these
 * very scripts and nothing else. The component is in a frame within it, which has the same policy: that one frame
 * around it says where it may go, which is nowhere, so that it cannot carry anything out by leaving.
 */
export function frameDocument(
  code: { readonly runtime: string; readonly plugin: string },
  hosts: readonly string[],
): FrameDocument {
  const runtime = inScript(code.runtime);
  const plugin = inScript(code.plugin);
  const scripts = [openInner, runtime, plugin].map(hashOf).join(' ');
  const addresses = hosts.map((host) => `https://${host}`).join(' ');
  const images = ['data:', 'blob:', addresses].filter((part) => part !== '').join(' ');
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'unsafe-inline'",
    `img-src ${images}`,
    'font-src data:',
    `connect-src ${addresses === '' ? "'none'" : addresses}`,
    "frame-src 'none'",
    "worker-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    // Opened on its own it is no page of this server either.
    'sandbox allow-scripts',
  ].join('; ');
  return { html: documentOf(runtime, plugin), policy };
}

/** The outer frame: makes the inner one and hands it the channel to the app. */
const openInner = `
const text = (id) => document.getElementById(id).textContent;
const script = (code) => '<script>' + code + '</' + 'script>';
const frame = document.createElement('iframe');
frame.setAttribute('sandbox', 'allow-scripts');
frame.title = 'Component';
let port;
let isThere = false;
const connect = () => {
  if (isThere && port !== undefined) frame.contentWindow.postMessage('fettle-component', '*', [port]);
};
addEventListener('message', (event) => {
  if (event.source !== parent || event.data !== 'fettle-component' || port !== undefined) return;
  port = event.ports[0];
  connect();
});
frame.addEventListener('load', () => {
  isThere = true;
  connect();
}, { once: true });
frame.srcdoc = '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">' +
  '<title>Component</title></head><body>' + script(text('runtime')) + script(text('plugin')) + '</body></html>';
document.body.append(frame);
`;

const style = 'html,body{margin:0;height:100%;overflow:hidden}iframe{display:block;width:100%;height:100%;border:0}';

function documentOf(runtime: string, plugin: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Component</title><style>${style}</style></head><body>
<script type="text/plain" id="runtime">${runtime}</script>
<script type="text/plain" id="plugin">${plugin}</script>
<script>${openInner}</script>
</body></html>
`;
}

/** Code that ends no script element, and stays the same when it is read as HTML: its hash is that of what will run. */
function inScript(code: string): string {
  return code
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\\0')
    .replace(/<(\/script|!--)/gi, '\\x3C$1');
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
