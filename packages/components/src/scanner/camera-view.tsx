import { Loader, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { startCamera } from './start-camera.ts';
import styles from './scanner.module.css';

// The camera sees a code many times while somebody holds it there.
const sameCodeAfterMs = 2500;
const flashMs = 500;

/** What the camera sees, until it is closed. Tells of each code once. */
export function CameraView({ onCode }: { readonly onCode: (value: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onCode);
  const [problem, setProblem] = useState<string | undefined>();
  const [isReady, setReady] = useState(false);
  const [isFlashing, setFlashing] = useState(false);
  useEffect(() => {
    latest.current = onCode;
  });
  useEffect(() => {
    const player = video.current;
    if (player === null) return undefined;
    let seen = { value: '', at: 0 };
    let flash: ReturnType<typeof setTimeout> | undefined;
    const camera = startCamera(player, {
      onReady: () => setReady(true),
      onProblem: setProblem,
      onCode: (value) => {
        const isSame = value === seen.value && performance.now() - seen.at < sameCodeAfterMs;
        seen = { value, at: performance.now() };
        if (isSame) return;
        setFlashing(true);
        clearTimeout(flash);
        flash = setTimeout(() => setFlashing(false), flashMs);
        latest.current(value);
      },
    });
    return () => {
      clearTimeout(flash);
      camera.stop();
    };
  }, []);
  if (problem !== undefined) {
    return (
      <Text role="alert" size="sm" c="red">
        {problem}
      </Text>
    );
  }
  return (
    <div className={styles.camera} data-flash={isFlashing || undefined}>
      <video ref={video} className={styles.video} muted playsInline aria-label="Camera" />
      <div className={styles.frame} aria-hidden />
      {!isReady && <Loader className={styles.loader} size="sm" aria-label="Starting the camera" />}
    </div>
  );
}
