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

    const [ wide, high ] = [ width / scale, height / scale ];

    this._look(box.x + box.width / 2 - wide / 2, box.y + box.height / 2 - high / 2, wide, high);
  }

  /** Bring elements into the middle, as large as they are drawn: the first of them where all together have no place. */
  read(elements) {
    const { width, height } = this._canvas.getSize();
    const all = around(elements);
    const fits = all.width + AROUND <= width && all.height + AROUND <= height;
    const { x, y, width: wide, height: high } = fits ? all : elements[0];

    this._look(x + wide / 2 - width / 2, y + high / 2 - height / 2, width, height);
  }

  _look(x, y, width, height) {
    const { inner } = this._canvas.viewbox();

    this._canvas.viewbox({
      x: within(x, width, inner.x, inner.width),
      y: within(y, height, inner.y, inner.height),
      width,
      height
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

// The box in which they all lie.
function around(elements) {
  const x = Math.min(...elements.map(each => each.x));
  const y = Math.min(...elements.map(each => each.y));

  return {
    x,
    y,
    width: Math.max(...elements.map(each => each.x + each.width)) - x,
    height: Math.max(...elements.map(each => each.y + each.height)) - y
  };
}

// No more of what lies outside the diagram than an edge, where the diagram is larger than the view.
function within(start, length, from, size) {
  return length > size ? start : Math.max(from - EDGE, Math.min(start, from + size + EDGE - length));
}
