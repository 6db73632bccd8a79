import { PLAYING_CHANGED, STEP_SHOWN } from '../events.js';

import { rowOf } from './Panel.js';

const SETTLED = 200;

/** The buttons, the scrubber, the speed and the places to go to; the address names the step that is shown. */
export default class Controls {
  constructor(host, eventBus, replay, replayPlayer) {
    this._region = host.closest('.app-replay');
    this._replay = replay;
    this._player = replayPlayer;
    this._buttons = Object.fromEntries(
      [ ...this._region.querySelectorAll('[data-act]') ].map(button => [ button.dataset.act, button ])
    );

    if (replay.steps.length) {
      this._listen();
      eventBus.once('import.done', () => {
        this._region.querySelectorAll('[data-needs="script"]').forEach(part => {
          part.hidden = false;
        });
        this._placeTicks();
      });
      eventBus.on(STEP_SHOWN, ({ index, playing }) => this._tell(index, playing));
      eventBus.on(PLAYING_CHANGED, ({ playing }) => this._tellPlaying(playing));
    }
  }

  _part(name) {
    return this._region.querySelector(`[data-part="${name}"]`);
  }

  _listen() {
    const { _player: player, _replay: replay } = this;
    const acts = {
      first: () => player.goTo(0),
      back: () => player.goTo(replay.index - 1),
      play: () => player.toggle(),
      forward: () => player.goTo(replay.index + 1),
      last: () => player.goTo(replay.steps.length - 1, { still: true })
    };

    for (const [ name, act ] of Object.entries(acts)) {
      this._buttons[name].addEventListener('click', act);
    }

    this._part('scrubber').addEventListener('input', ({ target }) => player.goTo(Number(target.value) - 1, { still: true }));
    this._part('speed').addEventListener('change', ({ target }) => player.setSpeed(Number(target.value)));
    this._part('follow').addEventListener('change', ({ target }) => {
      replay.follows = target.checked;
    });
    this._part('marks').addEventListener('change', ({ target }) => {
      if (target.value) {
        player.goTo(Number(target.value) - 1, { still: true });
      }
    });
    this._part('jump').addEventListener('submit', event => {
      event.preventDefault();
      player.goTo(Number(event.target.elements.step.value) - 1, { still: true });
    });
  }

  // A button that has nothing to do stays reachable, so that the keyboard's place is not lost.
  _tell(index, playing) {
    const last = this._replay.steps.length - 1;
    const row = rowOf(index);
    const words = [ 'what', 'when' ].map(name => spoken(row?.querySelector(`[data-cell="${name}"]`))).join('. ');
    const said = `Step ${index + 1} of ${last + 1}: ${words}`;
    const scrubber = this._part('scrubber');

    this._able('first', index > 0);
    this._able('back', index > 0);
    this._able('forward', index < last);
    this._able('last', index < last);
    scrubber.value = index + 1;
    scrubber.setAttribute('aria-valuetext', said);
    this._part('jump').elements.step.value = index + 1;
    this._part('marks').value = [ ...this._part('marks').options ].some(o => o.value === String(index + 1)) ? index + 1 : '';

    if (!playing) {
      this._part('said').textContent = said;
    }

    clearTimeout(this._settles);
    this._settles = setTimeout(() => this._address(index + 1), SETTLED);
  }

  _address(n) {
    const address = new URL(location.href);

    if (address.searchParams.get('step') !== String(n) || address.hash) {
      address.searchParams.set('step', n);
      address.hash = '';
      history.replaceState(history.state, '', address.href.replace(/#$/, ''));
    }
  }

  _able(name, able) {
    this._buttons[name].setAttribute('aria-disabled', String(!able));
  }

  _tellPlaying(playing) {
    this._buttons.play.textContent = playing ? 'Pause' : 'Play';
    this._region.classList.toggle('is-playing', playing);

    if (!playing) {
      this._part('said').textContent = `Paused at step ${this._replay.index + 1} of ${this._replay.steps.length}`;
    }
  }

  _placeTicks() {
    const last = Math.max(1, this._replay.steps.length - 1);

    for (const tick of this._part('ticks').children) {
      tick.style.left = `${(Number(tick.dataset.n) - 1) / last * 100}%`;
    }
  }
}

Controls.$inject = [ 'config.host', 'eventBus', 'replay', 'replayPlayer' ];

function spoken(cell) {
  return cell ? [ ...cell.querySelectorAll('p, time') ].map(part => part.textContent.trim()).join(' ') : '';
}
