import { STEP_SHOWN } from '../events.js';

/**
 * Shows the path of a dispute one step after the other: what was passed, what stands where, the token on its way.
 *
 * A step: { element?, source?, flows?, token?, states?, tokens, deadlines, … }; `states` are those that changed.
 */
export default class Replay {
  constructor(told, host, eventBus, canvas, elementRegistry, stateMarkers, legibleView, replayTokens) {
    this.steps = told.steps;
    this.told = told;
    this.index = -1;
    this.follows = true;

    this._host = host;
    this._eventBus = eventBus;
    this._canvas = canvas;
    this._elementRegistry = elementRegistry;
    this._stateMarkers = stateMarkers;
    this._legibleView = legibleView;
    this._tokens = replayTokens;
    this._marked = new Set();

    eventBus.once('import.done', 500, () => this._begin());
  }

  /** The step that is shown. */
  get step() {
    return this.steps[this.index];
  }

  /**
   * Show the step with this index, and all that led to it; from the one before it the token moves there.
   *
   * @return {Promise<void>} done when the token has arrived
   */
  show(index, { playing = false, still = false } = {}) {
    const before = this.index;
    const begun = performance.now();

    this.index = Math.max(0, Math.min(index, this.steps.length - 1));
    this._mark();
    this._look(before < 0);
    this._eventBus.fire(STEP_SHOWN, { index: this.index, step: this.step, playing });

    const moves = !still && this.index === before + 1;
    const arrived = this._tokens.show(this.told.tokens[this.step.tokens], moves ? this.step : null, this.follows);

    requestAnimationFrame(() => performance.measure('replay-step', { start: begun, end: performance.now() }));

    return arrived;
  }

  _begin() {
    const asked = Number(new URLSearchParams(location.search).get('step')) || 1;

    if (this.steps.length) {
      this.show(asked - 1, { still: true });
      this._bringIntoView();
      requestAnimationFrame(() => performance.mark('replay-first-frame'));
    }
  }

  // A link to a step leads to the diagram, where the page does not show it anyway; who reloads or comes back stays.
  _bringIntoView() {
    const region = this._host.closest('.app-replay');
    const linked = new URLSearchParams(location.search).has('step') && !location.hash;
    const arrives = performance.getEntriesByType('navigation')[0]?.type === 'navigate';

    if (linked && arrives && this._canvas.getContainer().getBoundingClientRect().bottom > innerHeight) {
      region.scrollIntoView({ block: 'start' });
    }
  }

  _mark() {
    const wanted = new Set();
    const states = {};

    this.steps.slice(0, this.index + 1).forEach(({ element, token, flows = [], states: changed }) => {
      flows.forEach(id => wanted.add(`${id} is-passed`));

      if (element && token) {
        wanted.add(`${element} is-passed`);
      }

      Object.assign(states, changed);
    });

    const { element, flows = [] } = this.step;

    flows.forEach(id => wanted.add(`${id} is-current-flow`));

    if (element) {
      wanted.add(`${element} is-current`);
    }

    this._markers(wanted);
    this._stateMarkers.markStates(states);
  }

  _markers(wanted) {
    for (const [ names, change ] of [ [ this._marked, 'removeMarker' ], [ wanted, 'addMarker' ] ]) {
      const other = names === wanted ? this._marked : wanted;

      for (const name of names) {
        const [ id, marker ] = name.split(' ');

        if (!other.has(name) && this._elementRegistry.get(id)) {
          this._canvas[change](id, marker);
        }
      }
    }

    this._marked = wanted;
  }

  _look(first) {
    const element = this._elementRegistry.get(this.step.element);

    if (element && first) {
      this._legibleView.show(element);
    } else if (element && this.follows) {
      this._legibleView.keep(element);
    }
  }
}

Replay.$inject = [
  'config.replay', 'config.host', 'eventBus', 'canvas', 'elementRegistry', 'stateMarkers', 'legibleView', 'replayTokens'
];
