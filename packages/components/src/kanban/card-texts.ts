import type { TableDescription } from '@fettle/sdk';
import type { ComponentHost } from '@fettle/sdk/react';
import { formatValue } from '../format-value.ts';
import { tones, type Tone } from '../setting-kinds.ts';
import { perRow, textOf } from '../text-of.ts';
import type { Card } from './board-lanes.ts';
import type { KanbanSettings } from './manifest.ts';

/** What stands on a card. */
export interface CardTexts {
  readonly title: string;
  readonly text: string;
  readonly badge: string;
  readonly badgeTone: Tone;
  readonly end: string;
  readonly endTone: Tone;
  readonly person: string;
}

/** Works out the settings of a card for its row. Without a title, the row's own label says what it is. */
export function cardTexts(
  settings: KanbanSettings,
  { row }: Card,
  table: TableDescription | undefined,
  host: ComponentHost,
): CardTexts {
  const scope = { item: row };
  const text = (value: unknown): string => formatValue(perRow(value, scope), host);
  const tone = (value: unknown): Tone => toneOf(perRow(value, scope));
  const fallback = table?.labelColumn ?? Object.keys(row)[0];
  const title =
    settings.cardTitle === undefined ? textOf(fallback === undefined ? '' : row[fallback]) : text(settings.cardTitle);
  return {
    title: title === '' ? '–' : title,
    text: text(settings.cardText),
    badge: text(settings.cardBadge),
    badgeTone: tone(settings.cardBadgeTone),
    end: text(settings.cardEnd),
    endTone: tone(settings.cardEndTone),
    person: text(settings.cardPerson),
  };
}

function toneOf(value: unknown): Tone {
  return tones.find((tone) => tone === value) ?? 'neutral';
}
