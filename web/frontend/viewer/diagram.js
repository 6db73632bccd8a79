import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

import descriptor from '../spiffworkflow-moddle.json';
import DiagramToolsModule from './diagram-tools/index.js';
import ElementAboutModule from './element-about/index.js';
import LegibleViewModule from './legible-view/index.js';
import ReplayModule from './replay/index.js';
import StateMarkersModule from './state-markers/index.js';
import WheelFocusModule from './wheel-focus/index.js';

/**
 * Read a JSON value from an attribute of the page.
 *
 * @param {string | undefined} text
 * @param {any} otherwise
 */
function parsed(text, otherwise) {
  return text ? JSON.parse(text) : otherwise;
}

/**
 * Fetch the diagram that an element names and show it there, with its states or as a replay.
 *
 * The element's attributes: data-bpmn-src (address), data-label (what it shows, for those who cannot see it),
 * data-highlights (element → state), data-replay (the id of a script element that holds the steps as JSON).
 *
 * @param {HTMLElement} host
 */
export async function openDiagram(host) {
  const container = document.createElement('div');
  const { bpmnSrc, label, highlights, replay } = host.dataset;
  const told = replay ? parsed(document.getElementById(replay)?.textContent, { steps: [] }) : null;

  container.className = 'app-diagram__canvas';
  host.classList.add('app-diagram');
  host.replaceChildren(container);

  const viewer = new NavigatedViewer({
    container,
    moddleExtensions: { spiffworkflow: descriptor },
    textRenderer: { defaultStyle: { fontFamily: 'arial, sans-serif' }, externalStyle: { fontFamily: 'arial, sans-serif' } },
    additionalModules: [
      DiagramToolsModule,
      ElementAboutModule,
      LegibleViewModule,
      StateMarkersModule,
      WheelFocusModule,
      ...told ? [ ReplayModule ] : []
    ],
    host,
    label: label || 'Diagram of the pathway',
    stateMarkers: { states: parsed(highlights, {}) },
    replay: told
  });

  try {
    const response = await fetch(bpmnSrc, { credentials: 'same-origin' });

    if (!response.ok) {
      throw new Error(`${response.status} ${response.statusText}`);
    }

    await viewer.importXML(await response.text());
    host.dataset.ready = 'true';
  } catch (error) {
    container.remove();
    host.textContent = 'The diagram could not be shown. The table on this page says the same.';
    host.dataset.ready = 'failed';
    console.error(error);
  }

  return viewer;
}
