const SVG = 'http://www.w3.org/2000/svg';
const SIZE = 11;
const SMALL = 60;
const SEEN = 0.6;
const PIXELS_A_SECOND = 450;
const SHORTEST = 250;
const LONGEST = 1400;
const SHAPES = {
  main: `M 0 ${-SIZE} A ${SIZE} ${SIZE} 0 1 1 0 ${SIZE} A ${SIZE} ${SIZE} 0 1 1 0 ${-SIZE} Z`,
  beside: `M ${-SIZE + 2} ${-SIZE + 2} H ${SIZE - 2} V ${SIZE - 2} H ${-SIZE + 2} Z`,
  referral: `M 0 ${-SIZE - 6} L ${SIZE + 6} 0 L 0 ${SIZE + 6} L ${-SIZE - 6} 0 Z`,
  child: `M 0 ${-SIZE - 6} L ${SIZE + 7} ${SIZE - 1} L ${-SIZE - 7} ${SIZE - 1} Z`
};
const COLOURS = 4;
const ROW = 3;

/**
 * Draws the tokens: a disc for the main flow, a square for what runs beside it, a diamond for each referral and a
 * triangle for each child's, with its name; and moves one along the flows that it took.
 *
 * A token: [ key, id, element, branch, label, number ].
 */
export default class Tokens {
  constructor(canvas, elementRegistry, eventBus, legibleView) {
    this.speed = 1;

    this._canvas = canvas;
    this._elementRegistry = elementRegistry;
    this._legibleView = legibleView;
    this._at = new Map();
    this._drawn = [];

    eventBus.on('canvas.viewbox.changed', () => this._drawn.forEach(each => this._put(each)));
  }

  /**
   * Show these tokens; where a step is given, its token travels to its place first.
   *
   * @return {Promise<void>}
   */
  show(tokens, step, follows) {
    this._cancel?.();

    const came = this._at;
    const places = this._places(tokens);
    const moving = step?.token && tokens.find(([ key ]) => key === step.token[0]);

    this._at = new Map(places.map(({ token, x, y }) => [ token[1], { x, y } ]));
    this._rest(places);

    const travels = this._drawn.find(({ token }) => token === moving);

    if (!travels || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      return Promise.resolve();
    }

    return this._travel(travels, this._way(step, came.get(moving[1]), { x: travels.x, y: travels.y }), follows);
  }

  _rest(places) {
    const layer = this._canvas.getLayer('replay-tokens', 5);

    layer.replaceChildren();
    this._drawn = places.map(place => ({ ...place, drawn: this._draw(layer, place.token, place.number) }));
    this._drawn.forEach(each => this._put(each));
  }

  // However far away one looks, a token is large enough to be seen.
  _put({ drawn, x, y }) {
    const larger = Math.max(1, SEEN / this._canvas.viewbox().scale);

    drawn.setAttribute('transform', `translate(${x} ${y}) scale(${larger})`);
  }

  // On a task at its upper right corner, one beside the other, so that no word is covered; else on the symbol.
  // More nameless ones than fit in a row are a pile: the number on top says how many.
  _places(tokens) {
    const nameless = tokens.filter(([ , , , , label ]) => !label).map(([ , , element ]) => element);
    const count = new Map();
    const found = [];

    for (const token of tokens) {
      const element = this._elementRegistry.get(token[2]);

      if (element) {
        const before = count.get(element.id) ?? 0;
        const piled = !token[4] && nameless.filter(id => id === element.id).length > ROW;

        count.set(element.id, before + 1);
        found.push({
          token,
          number: piled ? String(before + 1) : '',
          ...this._place(element, piled ? 0 : before * (token[4] ? 2 * SIZE + 14 : 2 * SIZE + 2))
        });
      }
    }

    return found;
  }

  _place({ x, y, width, height }, apart) {
    return width < SMALL ? { x: x + width / 2 + apart, y: y + height / 2 } : { x: x + width - 12 - apart, y: y + 2 };
  }

  _draw(layer, [ , , , branch, name, number ], piled) {
    const label = name || piled;
    const colour = Number(number) ? (Number(number) - 1) % COLOURS + 1 : 0;
    const token = create('g', { class: `app-token app-token--${branch} app-token--${colour}` });

    token.append(create('path', { d: SHAPES[branch] ?? SHAPES.main }));

    if (label) {
      const words = create('text', { y: branch === 'child' ? 8 : 4 });

      words.textContent = label;
      token.append(words);
    }

    layer.append(token);

    return token;
  }

  // From where the token was, along the flows, to where it rests now.
  _way({ flows = [], source }, came, to) {
    const points = flows.flatMap(id => this._elementRegistry.get(id)?.waypoints ?? []);
    const from = this._elementRegistry.get(source);
    const near = came && from && (!points.length || distance(came, points[0]) < Math.max(from.width, from.height) * 1.5);

    return [ ...near ? [ came ] : [], ...points.map(({ x, y }) => ({ x, y })), to ];
  }

  _travel(travels, points, follows) {
    const lengths = points.slice(1).map((point, at) => distance(points[at], point));
    const whole = lengths.reduce((sum, length) => sum + length, 0);

    if (!whole) {
      return Promise.resolve();
    }

    const lasts = Math.min(LONGEST, Math.max(SHORTEST, whole / PIXELS_A_SECOND * 1000)) / this.speed;

    return new Promise(arrived => {
      const begun = performance.now();
      const move = place => this._put(Object.assign(travels, place));
      const end = () => {
        cancelAnimationFrame(this._frame);
        this._cancel = null;
        move(points.at(-1));
        arrived();
      };
      const tick = now => {
        const part = Math.min(1, Math.max(0, now - begun) / lasts);

        if (part === 1) {
          end();
        } else {
          move(along(points, lengths, whole * eased(part)));

          if (follows) {
            this._legibleView.keep(travels);
          }

          this._frame = requestAnimationFrame(tick);
        }
      };

      this._cancel = end;
      travels.drawn.parentNode.append(travels.drawn); // on top of the others
      tick(begun);
    });
  }
}

Tokens.$inject = [ 'canvas', 'elementRegistry', 'eventBus', 'legibleView' ];

function create(name, attributes) {
  const found = document.createElementNS(SVG, name);

  Object.entries(attributes).forEach(([ key, value ]) => found.setAttribute(key, value));

  return found;
}

function distance(a, b) {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function eased(part) {
  return part < 0.5 ? 2 * part * part : 1 - 2 * (1 - part) * (1 - part);
}

function along(points, lengths, far) {
  let left = far;

  for (const [ at, length ] of lengths.entries()) {
    if (left <= length && length) {
      const [ a, b ] = [ points[at], points[at + 1] ];

      return { x: a.x + (b.x - a.x) * left / length, y: a.y + (b.y - a.y) * left / length };
    }

    left -= length;
  }

  return points.at(-1);
}
