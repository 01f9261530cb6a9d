import { useHost } from '@fettle/sdk/react';
import { useEffect, useState } from 'react';

/** What a QR code holds for a code: the address of a screen with it, or the code itself. */
export function useQrText(target: {
  readonly screen?: string | undefined;
  readonly parameter: string;
}): (code: string) => string {
  const host = useHost();
  const { screen, parameter } = target;
  // Addresses are known in the browser only: the first drawing, which the server makes, has none.
  const [isThere, setThere] = useState(false);
  useEffect(() => setThere(true), []);
  return (code) => {
    if (!isThere || code === '' || screen === undefined || screen === '') return code;
    return host.addressOf({ screen, params: { [parameter]: code } }) ?? code;
  };
}
