export type { FirstAnswer, FirstQuestion } from './first-screen/first-answers.ts';
export { firstScreenElement } from './first-screen/first-screen.ts';
export { startFirstScreen } from './first-screen/render-first-screen.tsx';
export type { FirstScreenInput, FirstScreenRendering } from './first-screen/render-first-screen.tsx';
