import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { layerTable } from '../lint/layer-table.ts';

// The lint rule sees imports; this sees what package.json files ask for, and packages the table does not know.
const packages = fileURLToPath(new URL('../../packages', import.meta.url));
const complaints: string[] = [];

for (const name of readdirSync(packages)) {
  const rule = layerTable.packages[name];
  if (rule === undefined) {
    complaints.push(`packages/${name} is not in tooling/layers.json.`);
    continue;
  }
  const manifest = JSON.parse(readFileSync(`${packages}/${name}/package.json`, 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    const other = dependency.startsWith('@fettle/') ? dependency.slice('@fettle/'.length) : undefined;
    if (other === undefined || rule.mayImport === '*' || rule.mayImport.includes(other)) continue;
    complaints.push(`packages/${name} depends on ${dependency}, which its layer may not import.`);
  }
}

for (const complaint of complaints) console.error(complaint);
process.exit(complaints.length === 0 ? 0 : 1);
