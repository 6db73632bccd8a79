// Turns every element that names a diagram (data-bpmn-src) into a viewer.

import './viewer.css';

import { openDiagram } from './diagram.js';

for (const host of document.querySelectorAll('[data-bpmn-src]')) {
  openDiagram(host);
}
