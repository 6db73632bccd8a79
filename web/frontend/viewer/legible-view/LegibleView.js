const LEGIBLE = 0.9;
const AROUND = 80;

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

    this._canvas.viewbox({
      x: box.x + box.width / 2 - width / scale / 2,
      y: box.y + box.height / 2 - height / scale / 2,
      width: width / scale,
      height: height / scale
    });
  }
}

LegibleView.$inject = [ 'canvas' ];
