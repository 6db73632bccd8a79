import LegibleView from './LegibleView.js';

export default {
  legibleView: [ 'type', LegibleView ]
};
