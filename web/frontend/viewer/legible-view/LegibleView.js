const LEGIBLE = 0.9;
const AROUND = 80;
const MARGIN = 0.12;
const EDGE = 30;

/** Looks at one element of a diagram, as near as its words need and no nearer than its place allows. */
export default class LegibleView {
  constructor(canvas) {
    this._canvas = canvas;
  }

  /** Bring an element into the middle. */
  show(element) {
    const { width, height } = this._canvas.getSize();
    const box = element.waypoints ? this._canvas.getGraphics(element).getBBox() : element;
    const scale = Math.min(LEGIBLE, width / (box.width + AROUND), height / (box.height + AROUND));

    const { inner } = this._canvas.viewbox();
    const [ wide, high ] = [ width / scale, height / scale ];

    this._canvas.viewbox({
      x: within(box.x + box.width / 2 - wide / 2, wide, inner.x, inner.width),
      y: within(box.y + box.height / 2 - high / 2, high, inner.y, inner.height),
      width: wide,
      height: high
    });
  }

  /** Move the view, no farther than it must, until a box lies well inside; how near it is stays as it was. */
  keep({ x, y, width = 0, height = 0 }) {
    const view = this._canvas.viewbox();
    const dx = this._beyond(x, width, view.x, view.width);
    const dy = this._beyond(y, height, view.y, view.height);

    if (dx || dy) {
      this._canvas.scroll({ dx: -dx * view.scale, dy: -dy * view.scale });
    }
  }

  // What does not fit between the margins is put in the middle.
  _beyond(start, length, from, size) {
    const margin = size * MARGIN;

    if (length > size - 2 * margin) {
      const middle = start + length / 2 - from - size / 2;

      return Math.abs(middle) > margin ? middle : 0;
    }

    return Math.min(0, start - from - margin) + Math.max(0, start + length - (from + size - margin));
  }
}

LegibleView.$inject = [ 'canvas' ];

// No more of what lies outside the diagram than an edge, where the diagram is larger than the view.
function within(start, length, from, size) {
  return length > size ? start : Math.max(from - EDGE, Math.min(start, from + size + EDGE - length));
}
