const MINUTE = 60_000;

/**
 * Fills the time of now, or today's date, into the boxes of the field before it (data-now: London's time as the page
 * was made). The clock is the server's, moved on by as long as the page has been open: nobody's own clock counts.
 */
export default class NowButton {
  constructor(place) {
    this._place = place;
    this._said = place.querySelector('[role=status]');
    this._made = Date.parse(`${ place.dataset.now.padEnd(16, 'T00:00').slice(0, 16) }Z`);
  }

  start() {
    this._place.hidden = false;
    this._place.querySelector('button').addEventListener('click', () => this._fill());
  }

  _fill() {
    const whole = this._place.dataset.now.includes('T');
    const open = whole ? Math.floor(performance.now() / MINUTE) * MINUTE : 0;
    const now = new Date(this._made + open);
    const time = now.toISOString().slice(11, 16);
    const typed = { day: now.getUTCDate(), month: now.getUTCMonth() + 1, year: now.getUTCFullYear(), time };

    this._place.parentElement.querySelectorAll('.govuk-date-input input').forEach(input => {
      input.value = typed[input.id.slice(input.id.lastIndexOf('-') + 1)];
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    this._said.textContent = `Filled in: ${ whole ? time : `${ typed.day }/${ typed.month }/${ typed.year }` }`;
  }
}
