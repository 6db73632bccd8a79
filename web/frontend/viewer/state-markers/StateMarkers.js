const WORDS = {
  running: 'Running',
  done: 'Done',
  waiting: 'Waiting',
  overdue: 'Overdue',
  interrupted: 'Interrupted'
};

// An event or gateway is about as large as the word: there it stands above, not over, the symbol.
const SMALL = 60;

/** Marks the elements of a diagram with their state, in colour and in a word. */
export default class StateMarkers {
  constructor(config, eventBus, canvas, elementRegistry, overlays) {
    this._canvas = canvas;
    this._elementRegistry = elementRegistry;
    this._overlays = overlays;
    this._states = new Map();

    eventBus.on('import.done', () => this.markStates(config?.states ?? {}));
  }

  /** Mark elements by id with one of the states, and nothing else; what the diagram has not is left out. */
  markStates(states) {
    const wanted = new Map(Object.entries(states).filter(([ id, state ]) => state in WORDS && this._elementRegistry.get(id)));

    for (const [ id, state ] of [ ...this._states ]) {
      if (wanted.get(id) !== state) {
        this._canvas.removeMarker(id, `is-${state}`);
        this._overlays.remove({ element: id, type: 'state' });
        this._states.delete(id);
      }
    }

    for (const [ id, state ] of wanted) {
      if (!this._states.has(id)) {
        this._states.set(id, state);
        this._canvas.addMarker(id, `is-${state}`);
        this._label(this._elementRegistry.get(id), state);
      }
    }
  }

  // A colour alone would leave out those who cannot tell it from another; a connection has no place for a word,
  // and a small symbol that is done needs none: it has its path.
  _label(element, state) {
    if (element.waypoints || (state === 'done' && element.height < SMALL)) {
      return;
    }

    const html = document.createElement('span');

    html.className = `app-diagram__state app-diagram__state--${state}`;
    html.textContent = WORDS[state];
    this._overlays.add(element, 'state', {
      position: { top: element.height < SMALL ? -20 : -10, left: 4 },
      scale: { min: 0.35, max: 1 },
      html
    });
  }
}

StateMarkers.$inject = [ 'config.stateMarkers', 'eventBus', 'canvas', 'elementRegistry', 'overlays' ];
