import type { TemplateCard, TemplateDetails } from '@fettle/contract';
import type { Template, TemplateAbout } from '@fettle/template';

/** A template as the gallery lists it. */
export function describeCard(about: TemplateAbout, pictures: ReadonlySet<string>): TemplateCard {
  const { id, version, name, category, summary, tags, screenshots } = about;
  const screenshot = screenshots.map(({ screen }) => `${screen}-desktop.jpg`).find((file) => pictures.has(file));
  return { id, version, name, category, summary, tags, screenshot: screenshot ?? null };
}

/** A template as its page shows it. */
export function describeTemplate(template: Template, pictures: ReadonlySet<string>): TemplateDetails {
  const { about, app, tables, rows } = template;
  const picture = (file: string): string | null => (pictures.has(file) ? file : null);
  return {
    ...describeCard(about, pictures),
    description: about.description,
    features: about.features,
    needs: about.needs,
    screenshots: about.screenshots.map(({ screen, title }) => ({
      screen,
      title,
      desktop: picture(`${screen}-desktop.jpg`),
      phone: picture(`${screen}-phone.jpg`),
    })),
    screens: Object.values(app.screens).map(({ name, title }) => ({ name, title })),
    roles: app.access.roles.map(({ id, name, description = '' }) => ({ id, name, description })),
    tables: tables.map(({ name, title = name, fields }) => ({
      name,
      title,
      columns: fields.length,
      rows: rows[name]?.length ?? 0,
    })),
    flows: Object.values(app.flows).map(({ name, description = '', trigger }) => ({
      name,
      description,
      trigger: trigger.type,
    })),
  };
}
