// Every event that the features of the viewer send one another, fired on diagram-js' event bus.

/** A step of a replay was shown: { index, step, playing }. */
export const STEP_SHOWN = 'concord.step.shown';

/** A replay began to play, or stands still: { playing }. */
export const PLAYING_CHANGED = 'concord.playing.changed';
