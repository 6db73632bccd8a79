import WheelFocus from './WheelFocus.js';

export default {
  __init__: [ 'wheelFocus' ],
  wheelFocus: [ 'type', WheelFocus ]
};
