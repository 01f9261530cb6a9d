import { flowActionManifests, flowTriggerManifests } from '@fettle/actions/manifests';
import { componentManifests, eventActionManifests } from '@fettle/components/manifests';
import { connectorManifests } from '@fettle/connectors';
import { allRoutes } from '@fettle/contract';
import { standardFunctions } from '@fettle/expression';
import type { Manifest } from '@fettle/sdk';
import { describeConfig } from '@fettle/server';

/** The pages of `docs` that are made by `pnpm docs`, by file name: made from the product's own data, so that they cannot drift. */
export function generatedDocs(): Readonly<Record<string, string>> {
  return {
    'settings.md': describeConfig(),
    'generated/functions.md': functionsPage(),
    'generated/extension-points.md': extensionsPage(),
    'generated/routes.md': routesPage(),
  };
}

const note = '<!-- Generated: run `pnpm docs`. -->\n\n';

function functionsPage(): string {
  const categories = [...new Set(standardFunctions.map((spec) => spec.category))];
  const parts = categories.map((category) => {
    const rows = standardFunctions
      .filter((spec) => spec.category === category)
      .map((spec) => {
        const example = spec.examples[0];
        const shown = example === undefined ? '' : `\`${example.expression}\` → \`${JSON.stringify(example.result)}\``;
        return `| \`${spec.signature}\` | ${cell(spec.description)} | ${cell(shown)} |`;
      });
    return `## ${category.charAt(0).toUpperCase()}${category.slice(1)}\n\n| function | what it does | example |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `${note}# Functions for expressions\n\n${standardFunctions.length} functions. Every example is a test.\n\n${parts.join('\n')}`;
}

function extensionsPage(): string {
  const section = (title: string, manifests: readonly Manifest[]): string => {
    const rows = manifests.map((manifest) => {
      const settings = Object.keys(manifest.settings.properties).map((name) => `\`${name}\``);
      return `| \`${manifest.id}\` | ${cell(manifest.title)} | ${cell(manifest.description)} | ${settings.join(', ')} |`;
    });
    return `## ${title}\n\n| id | title | what it is | settings |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  };
  return `${note}# Extension points\n\n${[
    section('Component types', componentManifests),
    section('Event actions', eventActionManifests),
    section('Connectors', connectorManifests),
    section('Flow actions', flowActionManifests),
    section('Flow triggers', flowTriggerManifests),
  ].join('\n')}`;
}

function routesPage(): string {
  const rows = allRoutes.map(({ id, method, path, access, summary }) => {
    const who = 'action' in access ? access.action : access.kind === 'public' ? 'anybody' : access.kind;
    return `| ${method} | \`${path}\` | ${who} | ${cell(summary)} | \`${id}\` |`;
  });
  return `${note}# Routes\n\nThe full description is \`/api/openapi.json\`.\n\n| method | path | needs | what it does | id |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}
