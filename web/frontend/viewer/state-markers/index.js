import StateMarkers from './StateMarkers.js';

export default {
  __init__: [ 'stateMarkers' ],
  stateMarkers: [ 'type', StateMarkers ]
};
