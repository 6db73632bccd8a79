import { STEP_SHOWN } from '../events.js';

/** Shows the path of a dispute one step after the other; step -1 is the whole diagram with nothing marked. */
export default class StepReplay {
  constructor(config, eventBus, canvas, elementRegistry, flowFinder, legibleView) {
    this.steps = config?.steps ?? [];
    this.index = -1;

    this._eventBus = eventBus;
    this._canvas = canvas;
    this._elementRegistry = elementRegistry;
    this._flowFinder = flowFinder;
    this._legibleView = legibleView;
    this._marked = [];
  }

  next() {
    this.show(this.index + 1);
  }

  previous() {
    this.show(this.index - 1);
  }

  /** Show the step with this index, and all that led to it. */
  show(index) {
    this.index = Math.max(-1, Math.min(index, this.steps.length - 1));
    this._clear();

    const passed = new Set();

    this.steps.slice(0, this.index + 1).forEach((step, at) => {
      this._mark(step, passed, at === this.index);
      passed.add(step.element);
    });

    this._look();
    this._eventBus.fire(STEP_SHOWN, { index: this.index, step: this.steps[this.index] });
  }

  _mark(step, passed, current) {
    const element = this._elementRegistry.get(step.element);
    const way = step.flows ?? (element ? this._flowFinder.wayTo(element, passed) : []);

    way.forEach(id => this._add(id, 'is-passed'));
    this._add(step.element, 'is-passed');

    if (current) {
      way.forEach(id => this._add(id, 'is-current-flow'));
      this._add(step.element, 'is-current');
    }
  }

  _add(id, marker) {
    if (this._elementRegistry.get(id)) {
      this._canvas.addMarker(id, marker);
      this._marked.push([ id, marker ]);
    }
  }

  _clear() {
    this._marked.forEach(([ id, marker ]) => this._canvas.removeMarker(id, marker));
    this._marked = [];
  }

  _look() {
    const element = this._elementRegistry.get(this.steps[this.index]?.element);

    if (element) {
      this._legibleView.show(element);
    } else if (this.index < 0) {
      this._canvas.zoom('fit-viewport', 'auto');
    }
  }
}

StepReplay.$inject = [ 'config.stepReplay', 'eventBus', 'canvas', 'elementRegistry', 'flowFinder', 'legibleView' ];
