/** A camera at work. */
export interface RunningCamera {
  stop(): void;
}

/** Turns the camera at the back on, shows it in the player and tells of every QR code in sight. */
export function startCamera(
  player: HTMLVideoElement,
  told: { onReady(): void; onCode(value: string): void; onProblem(message: string): void },
): RunningCamera {
  let isStopped = false;
  let stop = (): void => undefined;
  void (async () => {
    if (navigator.mediaDevices === undefined) {
      told.onProblem('Browsers give the camera to pages over https only. Type the code, or use a hand scanner.');
      return;
    }
    try {
      // Reading pictures is much code: only who turns the camera on loads it.
      const { QRCanvas, frameLoop, rearCamera } = await import('qr/dom.js');
      const camera = await rearCamera(player);
      if (isStopped) return camera.stop();
      told.onReady();
      const canvas = new QRCanvas({}, { cropToSquare: false });
      let isReading = false;
      const cancel = frameLoop(() => {
        if (isReading) return;
        isReading = true;
        void camera
          .readFrame(canvas)
          .then((found) => {
            if (typeof found === 'string' && found !== '' && !isStopped) told.onCode(found);
          })
          .catch(() => undefined)
          .finally(() => {
            isReading = false;
          });
      }, player);
      stop = () => {
        cancel();
        camera.stop();
      };
    } catch (error) {
      if (!isStopped) told.onProblem(problemOf(error));
    }
  })();
  return {
    stop() {
      isStopped = true;
      stop();
    },
  };
}

function problemOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError') {
    return 'The camera is not allowed here. Allow it in the settings of the browser for this page, then try again.';
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') {
    return 'This device has no camera. Type the code, or use a hand scanner.';
  }
  return 'The camera could not be started: another program may be using it. Close that, then try again.';
}
