const WORDS = {
  running: 'Running',
  done: 'Done',
  waiting: 'Waiting',
  overdue: 'Overdue',
  interrupted: 'Interrupted'
};

// An event or gateway is about as large as the word: there it stands above, not over, the symbol.
const SMALL = 60;

/** Marks the elements of a diagram with their state, in colour and in a word, and the path that was taken. */
export default class StateMarkers {
  constructor(config, eventBus, canvas, elementRegistry, overlays) {
    this._canvas = canvas;
    this._elementRegistry = elementRegistry;
    this._overlays = overlays;

    eventBus.on('import.done', () => {
      this.markPath(config?.path ?? []);
      this.markStates(config?.states ?? {});
    });
  }

  /** Mark elements by id with one of the states; what the diagram has not is left out. */
  markStates(states) {
    for (const [ id, state ] of Object.entries(states)) {
      const element = this._elementRegistry.get(id);

      if (element && state in WORDS) {
        this._canvas.addMarker(element, `is-${state}`);
        this._label(element, state);
      }
    }
  }

  /** Mark the elements and flows that a dispute has passed. */
  markPath(ids) {
    for (const id of ids) {
      if (this._elementRegistry.get(id)) {
        this._canvas.addMarker(id, 'is-on-path');
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
