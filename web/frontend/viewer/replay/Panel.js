import { STEP_SHOWN } from '../events.js';

const TOKEN_WORDS = { main: 'the main path', beside: 'beside the main path', referral: 'referral', child: 'one child’s referral' };

const UNNAMED = {
  'bpmn:StartEvent': 'the beginning',
  'bpmn:EndEvent': 'the end',
  'bpmn:ExclusiveGateway': 'a choice of ways',
  'bpmn:ParallelGateway': 'ways side by side',
  'bpmn:IntermediateThrowEvent': 'a signal'
};

/**
 * Tells beside the diagram what the step's row of the table tells, the deadlines at that moment and the tokens; marks
 * the row; leads from a row's number to its step.
 */
export default class Panel {
  constructor(host, eventBus, elementRegistry, replay, replayPlayer) {
    this._region = host.closest('.app-replay');
    this._elementRegistry = elementRegistry;
    this._replay = replay;
    this._player = replayPlayer;
    this._panel = this._part('panel');

    eventBus.on(STEP_SHOWN, ({ index, step }) => this._tell(index, step));
    document.addEventListener('click', event => this._follow(event));
  }

  _part(name) {
    return this._region.querySelector(`[data-part="${name}"]`);
  }

  _tell(index, step) {
    const row = rowOf(index);

    this._panel.hidden = false;

    for (const place of this._panel.querySelectorAll('[data-show]')) {
      const cell = row?.querySelector(`[data-cell="${place.dataset.show}"]`);

      place.replaceChildren(...clones(cell, place.dataset.show));
      hideEmpty(place);
    }

    this._part('stage').textContent = step.stage ?? '';
    hideEmpty(this._part('stage'));
    this._deadlines(this._replay.told.deadlines[step.deadlines]);
    this._tokens(this._replay.told.tokens[step.tokens]);
    this._markRow(row);
  }

  _deadlines(lines) {
    this._list('deadlines', lines.map(([ name, words, outcome ]) => {
      const line = document.createElement('li');

      line.className = `app-limit app-limit--${outcome}`;
      line.append(strong(name), `: ${words}`);

      return line;
    }));
  }

  _tokens(tokens) {
    this._list('tokens', tokens.map(([ , , element, branch, label, number ]) => {
      const line = document.createElement('li');
      const sign = document.createElement('span');

      sign.className = `app-sign app-sign--${branch} app-sign--${number === '0' ? 0 : (Number(number) - 1) % 4 + 1}`;
      sign.setAttribute('aria-hidden', 'true');
      line.append(sign, [ label, TOKEN_WORDS[branch] ].filter(Boolean).join(', '), ': ', this._name(element));

      return line;
    }));
  }

  _name(id) {
    const { name, $type, $parent } = this._elementRegistry.get(id)?.businessObject ?? {};
    const around = $parent?.$type === 'bpmn:SubProcess' && $parent.name ? ` of “${plain($parent.name)}”` : '';

    return name ? plain(name) : (UNNAMED[$type] ?? 'a step') + around;
  }

  _list(name, lines) {
    const list = this._part(name);

    list.replaceChildren(...lines);
    list.closest('[data-line]').hidden = !lines.length;
  }

  _markRow(row) {
    document.querySelectorAll('.app-row--current').forEach(other => {
      other.classList.remove('app-row--current');
      other.querySelector('[data-step]')?.removeAttribute('aria-current');
    });
    row?.classList.add('app-row--current');
    row?.querySelector('[data-step]')?.setAttribute('aria-current', 'step');
  }

  _follow(event) {
    const link = event.target.closest?.('[data-step]');

    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this._player.goTo(Number(link.dataset.step) - 1, { still: true });
      this._region.focus({ preventScroll: true });
      this._region.scrollIntoView({ block: 'start' });
    }
  }
}

Panel.$inject = [ 'config.host', 'eventBus', 'elementRegistry', 'replay', 'replayPlayer' ];

/** The row of the table that tells a step. */
export function rowOf(index) {
  return document.querySelector(`[data-row="${index + 1}"]`);
}

function clones(cell, name) {
  if (!cell) {
    return [];
  }

  if (name === 'n') {
    return [ cell.textContent.replace(/\D/g, '') ];
  }

  const copy = cell.cloneNode(true);

  copy.querySelectorAll('.app-cards__name').forEach(word => word.remove());

  return copy.childNodes;
}

function hideEmpty(place) {
  const line = place.closest('[data-line]');

  if (line) {
    line.hidden = !place.textContent.trim();
  }
}

function plain(name) {
  return name.replace(/\s+/g, ' ');
}

function strong(text) {
  const found = document.createElement('strong');

  found.textContent = text;

  return found;
}
