import { inputError, type Json } from '@fettle/sdk';

/** A service whose certificate is watched. */
export interface Service {
  readonly host: string;
  readonly port: number;
}

/** What is watched, and when somebody is told. */
export interface WatchSettings {
  readonly services: readonly Service[];
  /** Days before the end, most first. */
  readonly limits: readonly number[];
  readonly everyMs: number;
}

const usualLimits = [30, 14, 7, 1];
const mostServices = 500;

/** Reads the settings, or says what is wrong with them. */
export function readSettings(settings: Readonly<Record<string, Json>>): WatchSettings {
  const services = words(settings['services']).map(serviceOf);
  if (services.length === 0)
    throw problem('There is no service to watch.', 'Enter hosts in the settings of the trigger, one in a line.');
  if (services.length > mostServices)
    throw problem(`These are more than ${mostServices} services.`, 'Spread them over several flows.');
  const limits = words(settings['days']).map(Number);
  if (limits.some((days) => !Number.isInteger(days) || days < 0 || days > 3650))
    throw problem('The days before the end are not whole numbers.', 'Enter numbers from 0 to 3650, such as 30, 7, 1.');
  return {
    services,
    limits: [...new Set(limits.length === 0 ? usualLimits : limits)].toSorted((a, b) => b - a),
    everyMs: Number(settings['every'] ?? 60) * 60_000,
  };
}

function words(value: Json | undefined): readonly string[] {
  return typeof value === 'string' ? value.split(/[\s,;]+/).filter((word) => word !== '') : [];
}

function serviceOf(word: string): Service {
  const address = `https://${word.replace(/^https:\/\//i, '')}`;
  if (!URL.canParse(address))
    throw problem(
      `"${word.slice(0, 100)}" is no host.`,
      'Enter a host such as mail.example.com, or mail.example.com:993.',
    );
  const { hostname, port } = new URL(address);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 443 : Number(port) };
}

function problem(message: string, hint: string) {
  return inputError({ code: 'certificate-watch.settings', message, hint });
}
