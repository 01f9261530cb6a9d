import { describe, expect, it } from 'vitest';
import { allRoutes } from '@fettle/testing';
import { at, filesBelow, instruction, readText, readYaml } from './deployment-files.ts';

const settings = new Set(
  [...readText('docs/settings.md').matchAll(/^\| `([A-Z_]+)`( or `_FILE`)?/gm)].flatMap(([, name = '', file]) =>
    file === undefined ? [name] : [name, `${name}_FILE`],
  ),
);
const commandVariables = new Set(readText('docs/cli.md').match(/\bFETTLE_[A-Z_]+\b/g));
const image = Object.fromEntries(
  [...instruction('ENV').matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
);
const account = instruction('USER').split(':').map(Number);
const deployments = ['server', 'worker'].map((role) => ({
  role,
  document: readYaml(`deploy/kubernetes/${role}.yaml`)[0],
}));
const guides = ['docker', 'kubernetes', 'portainer', 'digitalocean', 'linode', 'systemd', 'scaling-out', 'upgrade'].map(
  (name) => `docs/guides/${name}.md`,
);

describe('settings', () => {
  it.each([...filesBelow('docker'), ...filesBelow('deploy'), ...guides])('%s names none that do not exist', (path) => {
    const named = readText(path).match(/\b(?:FETTLE_[A-Z_]*[A-Z]|DATABASE_URL(?:_FILE)?)\b/g) ?? [];
    // What Kubernetes would make of a Service is named where it is turned off.
    const unknown = named.filter(
      (name) => name !== 'FETTLE_PORT' && !settings.has(name) && !commandVariables.has(name),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the image', () => {
  it('has one port, which everything around it means', () => {
    expect(instruction('EXPOSE')).toBe(image['PORT']);
    const port = Number(image['PORT']);
    expect(at(readYaml('docker/compose.try.yaml')[0], 'services', 'fettle', 'ports', 0)).toBe(
      `127.0.0.1:${port}:${port}`,
    );
    expect(readText('docker/Caddyfile')).toContain(`{$SERVER_PORT:${port}}`);
    for (const { document } of deployments)
      expect(at(container(document), 'ports')).toEqual([{ name: 'http', containerPort: port }]);
    expect(readText('deploy/helm/fettle/templates/_pods.tpl')).toContain(`containerPort: ${port}`);
  });

  it('has one folder for data, which every volume is for', () => {
    const folder = image['FETTLE_DATA_DIR'];
    expect([instruction('VOLUME'), instruction('WORKDIR')]).toEqual([folder, folder]);
    for (const file of ['try', 'production']) {
      const services = Object.values(at(readYaml(`docker/compose.${file}.yaml`)[0], 'services') as object) as unknown[];
      const ours = services.filter((one) => String(at(one, 'image')).includes('fettle'));
      expect(ours.length).toBeGreaterThan(0);
      for (const service of ours) expect(at(service, 'volumes')).toEqual([`data:${folder}`]);
    }
    for (const { document } of deployments)
      expect(at(container(document), 'volumeMounts', 0)).toEqual({ name: 'data', mountPath: folder });
  });

  it('runs what the package has', () => {
    const script = readText('tooling/scripts/package.ts');
    for (const name of ['fettle', 'node']) expect(script).toContain(`'bin/${name}'`);
    expect(instruction('ENTRYPOINT')).toBe('["/opt/fettle/bin/fettle"]');
    expect(readText('docker/Dockerfile')).toContain('CMD ["/opt/fettle/bin/node", "--eval"');
    expect(readText('deploy/systemd/fettle.service')).toContain('ExecStart=/opt/fettle/bin/fettle server start');
  });

  it('has programs that copy databases in a target of its own, without other rights', () => {
    const [, clients = '', last = ''] = readText('docker/Dockerfile').split(/^FROM fettle\b.*$/m);
    expect(clients).toMatch(/install [^\n]*mariadb-client postgresql-client/);
    expect(clients.match(/^USER .*$/gm)?.at(-1)).toBe(`USER ${account.join(':')}`);
    // The image that is built without a target is the one without them.
    expect(last.trim()).toBe('');
    expect(readText('docs/guides/docker.md')).toContain('--target with-database-clients');
  });

  it('is asked for its health where the server answers everybody', () => {
    const open = new Set(allRoutes.filter(({ access }) => access.kind === 'public').map(({ path }) => path));
    const asked = ['docker/Dockerfile', ...filesBelow('deploy')].flatMap(
      (path) => readText(path).match(/\/api\/health\/\w+/g) ?? [],
    );
    expect(new Set(asked)).toEqual(new Set(['/api/health/live', '/api/health/ready']));
    for (const path of asked) expect(open).toContain(path);
  });

  it('has the version of the product', () => {
    const { version } = JSON.parse(readText('package.json')) as { version: string };
    const chart = readYaml('deploy/helm/fettle/Chart.yaml')[0];
    expect([at(chart, 'version'), at(chart, 'appVersion')]).toEqual([version, version]);
    expect(at(readYaml('deploy/kubernetes/kustomization.yaml')[0], 'images', 0, 'newTag')).toBe(version);
  });
});

describe('containers', () => {
  it.each(deployments)('of the $role in a cluster have no rights', ({ role, document }) => {
    const pod = at(document, 'spec', 'template', 'spec');
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: account[0], runAsGroup: account[1], fsGroup: account[1] },
    });
    expect(at(container(document), 'securityContext')).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(at(container(document), 'env')).toEqual([{ name: 'FETTLE_ROLE', value: role }]);
    // Five seconds before the signal, ten for requests, and some to close.
    expect(at(pod, 'terminationGracePeriodSeconds')).toBeGreaterThanOrEqual(25);
    expect(account[0]).toBeGreaterThan(0);
  });

  it.each(['try', 'production'])('of compose.%s.yaml have no rights and no secrets in variables', (file) => {
    const services = Object.entries(at(readYaml(`docker/compose.${file}.yaml`)[0], 'services') as object) as [
      string,
      unknown,
    ][];
    for (const [name, service] of services) {
      expect(at(service, 'security_opt'), name).toEqual(['no-new-privileges:true']);
      const environment = (at(service, 'environment') ?? {}) as Record<string, string>;
      const secrets = Object.keys(environment).filter((one) => /PASSWORD|SECRET|TOKEN|DATABASE_URL/.test(one));
      expect(
        secrets.filter((one) => !one.endsWith('_FILE')),
        name,
      ).toEqual([]);
      if (name === 'database') continue;
      expect(at(service, 'read_only'), name).toBe(true);
      expect(at(service, 'cap_drop'), name).toEqual(['ALL']);
    }
  });

  it('find every secret that they are told to read', () => {
    const compose = readYaml('docker/compose.production.yaml')[0];
    const made = [...readText('docker/make-secrets.sh').matchAll(/^make (\w+)/gm)].map(([, name]) => name);
    expect(Object.keys(at(compose, 'secrets') as object).toSorted()).toEqual(made.toSorted());
    for (const [name, service] of Object.entries(at(compose, 'services') as object) as [string, unknown][]) {
      const files = Object.values((at(service, 'environment') ?? {}) as Record<string, string>).flatMap(
        (value) => /^\/run\/secrets\/(\w+)$/.exec(value)?.[1] ?? [],
      );
      expect((at(service, 'secrets') ?? []) as string[], name).toEqual(files);
    }
  });
});

describe('the chart', () => {
  const values = readYaml('deploy/helm/fettle/values.yaml')[0];
  const templates = filesBelow('deploy/helm/fettle/templates')
    .map((path) => readText(path))
    .join('\n');

  it('uses values that there are', () => {
    const used = [...templates.matchAll(/\.Values((?:\.[A-Za-z]+)+)/g)].map(([, path = '']) => path.slice(1));
    const missing = [...new Set(used)].filter((path) => at(values, ...path.split('.')) === undefined);
    expect(missing).toEqual([]);
    expect(Object.keys(values as object).filter((name) => !used.some((path) => path.split('.')[0] === name))).toEqual(
      [],
    );
  });

  it('says the same as the plain manifests', () => {
    const plain = readText('deploy/kubernetes/server.yaml');
    for (const part of ['startupProbe', 'livenessProbe', 'readinessProbe', 'lifecycle'])
      expect(section(templates, part)).toBe(section(plain, part));
    for (const line of plain.match(
      /^.*(?:runAs|fsGroup|readOnly|allowPrivilege|enableServiceLinks|Grace|automount).*$/gm,
    ) ?? [])
      expect(templates).toContain(line.trim());
  });
});

function container(deployment: unknown): unknown {
  return at(deployment, 'spec', 'template', 'spec', 'containers', 0);
}

/** A key of a container with what is indented below it. */
function section(text: string, key: string): string {
  return new RegExp(`^ {10}${key}:\\n(?: {12}.*\\n)+`, 'm').exec(text)?.[0] ?? '';
}
