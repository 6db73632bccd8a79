const FARTHER = 1 / 1.3;
const NEARER = 1.3;

/** Fits the diagram into its place, names it for assistive technology, and zooms at the press of a button. */
export default class DiagramTools {
  constructor(host, label, eventBus, canvas) {
    this._canvas = canvas;
    this._touched = false;

    eventBus.once('import.done', () => {
      const svg = canvas.getContainer().querySelector('svg');

      svg.setAttribute('role', 'img');
      svg.setAttribute('aria-label', label);
      host.append(this._buttons());
      this.fit();
      new ResizeObserver(() => this._resized()).observe(host);
    });
  }

  /** Show the whole diagram. */
  fit() {
    this._touched = false;
    this._canvas.zoom('fit-viewport', 'auto');
  }

  _zoom(factor) {
    this._touched = true;
    this._canvas.zoom(Math.min(4, Math.max(0.1, this._canvas.zoom() * factor)));
  }

  _resized() {
    this._canvas.resized();

    if (!this._touched && !this._canvas.getContainer().querySelector('.is-current')) {
      this.fit();
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

DiagramTools.$inject = [ 'config.host', 'config.label', 'eventBus', 'canvas' ];
