import ElementAbout from './ElementAbout.js';

export default {
  __init__: [ 'elementAbout' ],
  elementAbout: [ 'type', ElementAbout ]
};
