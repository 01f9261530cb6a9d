import { useLocation, useSearch } from 'wouter';

/** A value that stands in the address, so that going back finds it again. Empty: it does not stand there. */
export function useQuerySearch(name: string): readonly [string, (value: string) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const value = new URLSearchParams(search).get(name) ?? '';
  const change = (next: string): void => {
    const query = new URLSearchParams(search);
    if (next === '') query.delete(name);
    else query.set(name, next);
    const text = query.toString();
    navigate(text === '' ? path : `${path}?${text}`, { replace: true });
  };
  return [value, change];
}
