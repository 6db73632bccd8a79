const TYPED_IN = 'input:not([type="range"]):not([type="checkbox"]), select, textarea';
const PRESSED = 'button, a, summary, input';

/** Keys of a replay; they count only while the focus is inside it, and never while somebody types or chooses. */
export default class Keys {
  constructor(host, replay, replayPlayer) {
    this._region = host.closest('.app-replay');
    this._replay = replay;
    this._player = replayPlayer;

    if (replay.steps.length) {
      this._region.addEventListener('keydown', event => this._pressed(event), { capture: true });
    }
  }

  _pressed(event) {
    const { target, key } = event;

    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || target.closest(TYPED_IN)) {
      return;
    }

    if (key === ' ' && target.closest(PRESSED) && target.type !== 'range') {
      return;
    }

    const act = this._act(key);

    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  }

  _act(key) {
    const { _player: player, _replay: replay } = this;

    return {
      ' ': () => player.toggle(),
      ArrowLeft: () => player.goTo(replay.index - 1),
      ArrowRight: () => player.goTo(replay.index + 1),
      Home: () => player.goTo(0),
      End: () => player.goTo(replay.steps.length - 1, { still: true })
    }[key];
  }
}

Keys.$inject = [ 'config.host', 'replay', 'replayPlayer' ];
