import type { Flow, FlowStep } from '@fettle/definition';
import { hasOpenLanes, sectionsOf, type Lane, type LaneTone, type Section } from './sections.ts';

/** Where a step can be put: a list, as commands name it, and the index in it. */
export interface StepPlace {
  /** The step that has the list; absent: the flow itself. */
  readonly step?: string;
  readonly list: string;
  readonly index: number;
}

/** A card: the trigger or a step. Coordinates are those of its upper left corner, in pixels at 100 %. */
export interface CardBox {
  readonly id: string;
  /** Undefined for the trigger. */
  readonly step: FlowStep | undefined;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly isFolded: boolean;
  /** Disabled itself or inside of a disabled step. */
  readonly isOff: boolean;
  /** How deep it is nested; 1 at the top. */
  readonly level: number;
}

/** The name of a lane, centred on its line. */
export interface LabelBox {
  readonly id: string;
  readonly step: string;
  readonly list: string;
  readonly text: string;
  readonly tone: LaneTone;
  readonly x: number;
  readonly y: number;
}

/** What a container encloses. */
export interface FrameBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly level: number;
}

/** A point where steps can be put; `x` and `y` are its centre. */
export interface PlaceBox {
  readonly id: string;
  readonly place: StepPlace;
  readonly x: number;
  readonly y: number;
  /** The list has no steps: the place is drawn as an empty slot. */
  readonly isEmpty: boolean;
}

/** A line between two points, in SVG path syntax. */
export interface LinePath {
  readonly id: string;
  readonly path: string;
  readonly tone: LaneTone;
  readonly hasArrow: boolean;
}

/** A flow as it is drawn. */
export interface FlowLayout {
  readonly cards: readonly CardBox[];
  readonly labels: readonly LabelBox[];
  readonly frames: readonly FrameBox[];
  readonly places: readonly PlaceBox[];
  readonly lines: readonly LinePath[];
  /** Small buttons that add a branch, case or lane to a step. */
  readonly adders: readonly { readonly id: string; readonly step: string; readonly x: number; readonly y: number }[];
  /** The end of the flow, when anything gets there. */
  readonly end: { readonly x: number; readonly y: number } | undefined;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Sizes in pixels. Cards have fixed sizes, so that nothing need be measured and nothing jumps. */
export const sizes = {
  cardWidth: 264,
  cardHeight: 56,
  noteHeight: 24,
  gap: 48,
  emptyGap: 88,
  laneGap: 36,
  framePadding: 16,
  fork: 26,
  labelHeight: 22,
  /** Room left of the steps of a loop for the line that goes back. */
  loopRoom: 28,
  adder: 30,
} as const;

interface Block {
  /** Extents left and right of the axis. */
  readonly left: number;
  readonly right: number;
  readonly height: number;
  /** The flow goes on behind it. */
  readonly goesOn: boolean;
  readonly draw: (axis: number, top: number, context: DrawContext) => void;
}

interface DrawContext {
  readonly level: number;
  readonly isOff: boolean;
}

/**
 * Lays a flow out: a tidy tree from top to bottom. The same flow always gives the same picture, and a change moves only
 * what must make room. `folded` are ids of containers that show no inside.
 */
export function layoutFlow(flow: Pick<Flow, 'steps'>, folded: ReadonlySet<string> = new Set()): FlowLayout {
  return new Layouter(folded).layout(flow);
}

class Layouter {
  readonly #folded: ReadonlySet<string>;
  readonly #cards: CardBox[] = [];
  readonly #labels: LabelBox[] = [];
  readonly #frames: FrameBox[] = [];
  readonly #places: PlaceBox[] = [];
  readonly #lines: LinePath[] = [];
  readonly #adders: { id: string; step: string; x: number; y: number }[] = [];

  constructor(folded: ReadonlySet<string>) {
    this.#folded = folded;
  }

  layout(flow: Pick<Flow, 'steps'>): FlowLayout {
    const list = this.#list(flow.steps, { list: 'steps' });
    const { cardHeight, cardWidth } = sizes;
    this.#cards.push({
      id: 'trigger',
      step: undefined,
      x: -cardWidth / 2,
      y: 0,
      height: cardHeight,
      isFolded: false,
      isOff: false,
      level: 1,
    });
    list.draw(0, cardHeight, { level: 1, isOff: false });
    const bottom = cardHeight + list.height;
    const left = Math.max(list.left, cardWidth / 2);
    const right = Math.max(list.right, cardWidth / 2);
    return {
      cards: this.#cards,
      labels: this.#labels,
      frames: this.#frames,
      places: this.#places,
      lines: this.#lines,
      adders: this.#adders,
      end: list.goesOn ? { x: 0, y: bottom } : undefined,
      bounds: { x: -left, y: 0, width: left + right, height: bottom + (list.goesOn ? 28 : 0) },
    };
  }

  /** Steps one below the other, with a place before, between and behind them. */
  #list(steps: readonly FlowStep[], owner: Omit<StepPlace, 'index'>, tone: LaneTone = 'plain'): Block {
    const blocks = steps.map((step) => this.#step(step));
    const last = steps.at(-1);
    const goesOn = last === undefined || blocks.at(-1)?.goesOn === true;
    const gap = steps.length === 0 ? sizes.emptyGap : sizes.gap;
    const gaps = steps.length === 0 ? 1 : goesOn ? steps.length + 1 : steps.length;
    return {
      left: Math.max(sizes.cardWidth / 2, ...blocks.map(({ left }) => left)),
      right: Math.max(sizes.cardWidth / 2, ...blocks.map(({ right }) => right)),
      height: blocks.reduce((sum, { height }) => sum + height, 0) + gaps * gap,
      goesOn,
      draw: (axis, top, context) => {
        let y = top;
        blocks.forEach((block, index) => {
          this.#place({ ...owner, index }, axis, y + gap / 2, false);
          this.#down(axis, y, y + gap, tone, true);
          block.draw(axis, y + gap, context);
          y += gap + block.height;
        });
        if (!goesOn) return;
        this.#place({ ...owner, index: steps.length }, axis, y + gap / 2, steps.length === 0);
        this.#down(axis, y, y + gap, tone, false);
      },
    };
  }

  #step(step: FlowStep): Block {
    const sections = this.#folded.has(step.id) ? [] : sectionsOf(step);
    return sections.length === 0 ? this.#card(step) : this.#container(step, sections);
  }

  #card(step: FlowStep): Block {
    const height = cardHeightOf(step);
    return {
      left: sizes.cardWidth / 2,
      right: sizes.cardWidth / 2,
      height,
      goesOn: step.disabled === true || (step.kind !== 'stop' && step.kind !== 'return'),
      draw: (axis, top, context) => this.#pushCard(step, axis, top, context),
    };
  }

  #pushCard(step: FlowStep, axis: number, top: number, { level, isOff }: DrawContext): void {
    this.#cards.push({
      id: step.id,
      step,
      x: axis - sizes.cardWidth / 2,
      y: top,
      height: cardHeightOf(step),
      isFolded: this.#folded.has(step.id) && sectionsOf(step).length > 0,
      isOff: isOff || step.disabled === true,
      level,
    });
  }

  #container(step: FlowStep, sections: readonly Section[]): Block {
    const { framePadding: padding } = sizes;
    const isLoop = step.kind === 'forEach' || step.kind === 'while';
    const bodies = sections.map((section, index) =>
      this.#section(step, section, { hasAdder: hasOpenLanes(step), isFirst: index === 0 }),
    );
    const head = cardHeightOf(step);
    const left =
      Math.max(sizes.cardWidth / 2, ...bodies.map((body) => body.left)) + padding + (isLoop ? sizes.loopRoom : 0);
    const right = Math.max(sizes.cardWidth / 2, ...bodies.map((body) => body.right)) + padding;
    const height = padding + head + bodies.reduce((sum, body) => sum + body.height, 0) + padding;
    return {
      left,
      right,
      height,
      goesOn: bodies.every((body) => body.goesOn),
      draw: (axis, top, context) => {
        this.#frames.push({
          id: `${step.id}/frame`,
          x: axis - left,
          y: top,
          width: left + right,
          height,
          level: context.level,
        });
        // The line from above goes on through the edge of the frame to the card.
        this.#down(axis, top, top + padding, 'plain', false);
        this.#pushCard(step, axis, top + padding, context);
        let y = top + padding + head;
        const inner = { level: context.level + 1, isOff: context.isOff || step.disabled === true };
        for (const body of bodies) {
          body.draw(axis, y, inner);
          y += body.height;
        }
        if (bodies.every((body) => body.goesOn)) this.#down(axis, y, y + padding, 'plain', false);
        if (isLoop)
          this.#loopBack(step, { axis, left: axis - left + padding, top: top + padding + head / 2, bottom: y });
      },
    };
  }

  /** Lanes side by side between a fork and a join; a single lane goes straight on. */
  #section(step: FlowStep, lanes: Section, options: { readonly hasAdder: boolean; readonly isFirst: boolean }): Block {
    const blocks = lanes.map((lane) => this.#list(lane.steps, { step: step.id, list: lane.list }, lineTone(lane)));
    const axes = axesOf(blocks);
    const [first = 0, last = 0] = [axes[0], axes.at(-1)];
    const middle = (first + last) / 2;
    const { fork, labelHeight } = sizes;
    const isForked = lanes.length > 1;
    const headHeight = (isForked ? fork : 12) + labelHeight;
    const tallest = Math.max(...blocks.map(({ height }) => height));
    const goesOn = blocks.some((block) => block.goesOn);
    const joinHeight = isForked && goesOn ? fork : 0;
    return {
      left: middle - first + (blocks[0]?.left ?? 0),
      right: last - middle + (blocks.at(-1)?.right ?? 0) + (options.hasAdder ? sizes.adder : 0),
      height: headHeight + tallest + joinHeight,
      goesOn,
      draw: (axis, top, context) => {
        const bottom = top + headHeight + tallest;
        lanes.forEach((lane, index) => {
          const block = blocks[index];
          if (block === undefined) return;
          const x = axis + (axes[index] ?? 0) - middle;
          const key = `${step.id}/${lane.list}`;
          this.#fork(key, { from: axis, to: x, top, bottom: top + headHeight - labelHeight }, lineTone(lane));
          this.#labels.push({
            id: key,
            step: step.id,
            list: lane.list,
            text: lane.label,
            tone: lane.tone,
            x,
            y: top + headHeight - labelHeight / 2,
          });
          block.draw(x, top + headHeight, context);
          if (block.goesOn)
            this.#join(
              key,
              { from: x, to: axis, top: top + headHeight + block.height, bottom, end: bottom + joinHeight },
              lineTone(lane),
            );
        });
        if (!options.hasAdder) return;
        const x = axis + last - middle + sizes.cardWidth / 2 + sizes.adder / 2 + 4;
        this.#adders.push({ id: `${step.id}/add`, step: step.id, x, y: top + headHeight - labelHeight / 2 });
      },
    };
  }

  #place(place: StepPlace, x: number, y: number, isEmpty: boolean): void {
    this.#places.push({ id: placeId(place), place, x, y, isEmpty });
  }

  #down(x: number, top: number, bottom: number, tone: LaneTone, hasArrow: boolean): void {
    this.#lines.push({ id: `${x} ${top} ${bottom}`, path: `M${x} ${top}V${bottom}`, tone, hasArrow });
  }

  #fork(key: string, line: { from: number; to: number; top: number; bottom: number }, tone: LaneTone): void {
    const path = bent(line.from, line.top, line.to, line.bottom, line.top + 12);
    this.#lines.push({ id: `${key} fork`, path, tone, hasArrow: false });
  }

  #join(
    key: string,
    line: { from: number; to: number; top: number; bottom: number; end: number },
    tone: LaneTone,
  ): void {
    const path = bent(line.from, line.top, line.to, line.end, line.end - 12);
    this.#lines.push({ id: `${key} join`, path, tone: tone === 'loop' ? 'plain' : tone, hasArrow: false });
  }

  /** The line from the end of a loop's turn back up to its card. */
  #loopBack(step: FlowStep, line: { axis: number; left: number; top: number; bottom: number }): void {
    const { axis, left, top, bottom } = line;
    const card = axis - sizes.cardWidth / 2;
    const path = `M${axis} ${bottom - 1}H${left + 8}Q${left} ${bottom - 1} ${left} ${bottom - 9}V${top + 8}Q${left} ${top} ${left + 8} ${top}H${card - 1}`;
    this.#lines.push({ id: `${step.id} back`, path, tone: 'loop', hasArrow: true });
  }
}

/** How high the card of a step is: one with a note has a line more. */
export function cardHeightOf(step: FlowStep): number {
  return sizes.cardHeight + (step.description === undefined || step.description === '' ? 0 : sizes.noteHeight);
}

/** The id of a place on the canvas. */
export function placeId({ step = '', list, index }: StepPlace): string {
  return `${step}/${list}:${index}`;
}

function lineTone(lane: Lane): LaneTone {
  return lane.tone === 'failure' ? 'failure' : 'plain';
}

/** The axes of blocks side by side, from the first one's on. */
function axesOf(blocks: readonly Block[]): readonly number[] {
  let axis = 0;
  return blocks.map((block, index) => {
    const before = blocks[index - 1];
    if (before !== undefined) axis += before.right + sizes.laneGap + block.left;
    return axis;
  });
}

/** Down, across at `level`, and down again, with rounded corners. */
function bent(fromX: number, top: number, toX: number, bottom: number, level: number): string {
  if (fromX === toX) return `M${fromX} ${top}V${bottom}`;
  const direction = toX > fromX ? 1 : -1;
  const radius = Math.min(8, Math.abs(toX - fromX) / 2, level - top, bottom - level);
  return [
    `M${fromX} ${top}V${level - radius}`,
    `Q${fromX} ${level} ${fromX + direction * radius} ${level}`,
    `H${toX - direction * radius}`,
    `Q${toX} ${level} ${toX} ${level + radius}`,
    `V${bottom}`,
  ].join('');
}
