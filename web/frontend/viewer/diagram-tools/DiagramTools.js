const FARTHER = 1 / 1.3;
const NEARER = 1.3;

/** Shows what is running, or the whole; names the diagram for assistive technology; zooms at the press of a button. */
export default class DiagramTools {
  constructor(host, label, states, eventBus, canvas, elementRegistry, legibleView) {
    this._canvas = canvas;
    this._legibleView = legibleView;
    this._touched = false;

    eventBus.once('import.done', () => {
      const svg = canvas.getContainer().querySelector('svg');

      svg.setAttribute('role', 'img');
      svg.setAttribute('aria-label', label);
      host.append(this._buttons());
      this._here = standing(states ?? {}, elementRegistry);
      this.begin();
      new ResizeObserver(() => this._resized()).observe(host);
    });
  }

  /** Show where it stands, as large as it is drawn; the whole where nothing is open. */
  begin() {
    if (this._here.length) {
      this._legibleView.read(this._here);
    } else {
      this._canvas.zoom('fit-viewport', 'auto');
    }
  }

  /** Show the whole diagram. */
  fit() {
    this._touched = true;
    this._canvas.zoom('fit-viewport', 'auto');
  }

  _zoom(factor) {
    this._touched = true;
    this._canvas.zoom(Math.min(4, Math.max(0.1, this._canvas.zoom() * factor)));
  }

  _resized() {
    this._canvas.resized();

    if (!this._touched && !this._canvas.getContainer().querySelector('.is-current')) {
      this.begin();
    }
  }

  _buttons() {
    const bar = document.createElement('div');
    const buttons = [
      [ 'Zoom in', () => this._zoom(NEARER) ],
      [ 'Zoom out', () => this._zoom(FARTHER) ],
      [ 'Whole diagram', () => this.fit() ]
    ];

    bar.className = 'app-diagram__tools';

    for (const [ text, act ] of buttons) {
      const button = document.createElement('button');

      button.type = 'button';
      button.className = 'app-diagram__tool';
      button.textContent = text;
      button.addEventListener('click', act);
      bar.append(button);
    }

    return bar;
  }
}

// What is open in the running stage; where there is none, in the main flow; where there is none, anywhere.
function standing(states, elementRegistry) {
  const those = (...wanted) => Object.keys(states)
    .filter(id => wanted.includes(states[id]))
    .map(id => elementRegistry.get(id))
    .filter(Boolean);
  const [ stage ] = those('running');
  const open = those('overdue', 'waiting');
  const within = open.filter(each => stage && parents(each).includes(stage));
  const main = open.filter(each => !parents(each).some(parent => parent.businessObject.triggeredByEvent));

  return [ within, main, open, stage ? [ stage ] : [] ].find(found => found.length) ?? [];
}

function parents(element) {
  return element.parent ? [ element.parent, ...parents(element.parent) ] : [];
}

DiagramTools.$inject = [
  'config.host',
  'config.label',
  'config.stateMarkers.states',
  'eventBus',
  'canvas',
  'elementRegistry',
  'legibleView'
];
