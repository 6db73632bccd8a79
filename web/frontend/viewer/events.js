// Every event that the features of the viewer send one another, fired on diagram-js' event bus.

/** A step was shown: { index, step }; index -1 means that none is, and the whole diagram is in view. */
export const STEP_SHOWN = 'concord.step.shown';
