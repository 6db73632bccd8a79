import { PLAYING_CHANGED } from '../events.js';

const REST = 700;
const QUIET = 300;
const MARKED = 1600;

/** Plays a replay: one step after the other, resting longer where something happened that an auditor looks for. */
export default class Player {
  constructor(eventBus, replay, replayTokens) {
    this.playing = false;

    this._eventBus = eventBus;
    this._replay = replay;
    this._tokens = replayTokens;
    this._turn = 0;
  }

  /** Go on from here; from the beginning where it has come to the end. */
  async play() {
    const turn = ++this._turn;
    const { steps } = this._replay;

    this._set(true);

    if (this._replay.index >= steps.length - 1) {
      await this._replay.show(0, { playing: true });
      await this._rest();
    }

    while (this._turn === turn && this._replay.index < steps.length - 1) {
      await this._replay.show(this._replay.index + 1, { playing: true });

      if (this._turn === turn) {
        await this._rest();
      }
    }

    if (this._turn === turn) {
      this._set(false);
    }
  }

  /** Stand still. */
  pause() {
    if (this.playing) {
      this._turn++;
      clearTimeout(this._timer);
      this._set(false);
    }
  }

  toggle() {
    if (this.playing) {
      this.pause();
    } else {
      this.play();
    }
  }

  /** Show a step by hand: playing stops. */
  goTo(index, how) {
    this.pause();
    this._replay.show(index, how);
  }

  setSpeed(speed) {
    this._tokens.speed = speed;
  }

  _rest() {
    const { mark, quiet } = this._replay.step;
    const lasts = mark ? MARKED : quiet ? QUIET : REST;

    return new Promise(done => {
      this._timer = setTimeout(done, lasts / this._tokens.speed);
    });
  }

  _set(playing) {
    this.playing = playing;
    this._eventBus.fire(PLAYING_CHANGED, { playing });
  }
}

Player.$inject = [ 'eventBus', 'replay', 'replayTokens' ];
