import { runFrame } from '@fettle/runtime/plugin-frame';

// The script that components of plugins run on, in frames of their own.
runFrame();
