import { useIsAtLeast } from '../shell/workspace.tsx';
import { BuilderHome } from './builder-home.tsx';
import { MemberHome } from './member-home.tsx';

/** Apps: for builders all of them with their state, for members the published ones they may open. */
export function HomePage() {
  return useIsAtLeast('builder') ? <BuilderHome /> : <MemberHome />;
}
