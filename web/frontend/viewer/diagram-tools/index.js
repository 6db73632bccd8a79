import DiagramTools from './DiagramTools.js';

export default {
  __init__: [ 'diagramTools' ],
  diagramTools: [ 'type', DiagramTools ]
};
