/** Leaves the wheel to the page, which would otherwise stand still over a diagram; with Ctrl (or pinching) it zooms. */
export default class WheelFocus {
  constructor(canvas) {
    canvas.getContainer().parentElement.addEventListener('wheel', event => {
      if (!event.ctrlKey && !event.metaKey) {
        event.stopPropagation();
      }
    }, { capture: true, passive: true });
  }
}

WheelFocus.$inject = [ 'canvas' ];
