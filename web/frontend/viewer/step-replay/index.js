import FlowFinder from './FlowFinder.js';
import StepControls from './StepControls.js';
import StepReplay from './StepReplay.js';

export default {
  __init__: [ 'stepReplay', 'stepControls' ],
  flowFinder: [ 'type', FlowFinder ],
  stepControls: [ 'type', StepControls ],
  stepReplay: [ 'type', StepReplay ]
};
