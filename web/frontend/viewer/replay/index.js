import LegibleViewModule from '../legible-view/index.js';
import StateMarkersModule from '../state-markers/index.js';

import Controls from './Controls.js';
import Keys from './Keys.js';
import Panel from './Panel.js';
import Player from './Player.js';
import Replay from './Replay.js';
import Tokens from './Tokens.js';

export default {
  __depends__: [ LegibleViewModule, StateMarkersModule ],
  __init__: [ 'replay', 'replayPanel', 'replayControls', 'replayKeys' ],
  replay: [ 'type', Replay ],
  replayControls: [ 'type', Controls ],
  replayKeys: [ 'type', Keys ],
  replayPanel: [ 'type', Panel ],
  replayPlayer: [ 'type', Player ],
  replayTokens: [ 'type', Tokens ]
};
