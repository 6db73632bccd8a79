import { STEP_SHOWN } from '../events.js';

/** Buttons that lead through the steps, the words of the step shown, and links from a table on the page (data-step). */
export default class StepControls {
  constructor(host, eventBus, stepReplay) {
    this._stepReplay = stepReplay;

    if (!stepReplay.steps.length) {
      return;
    }

    const bar = document.createElement('div');

    this._previous = this._button('Previous step', () => stepReplay.previous());
    this._next = this._button('Next step', () => stepReplay.next());
    this._text = document.createElement('p');
    this._text.className = 'app-diagram__step govuk-body';
    this._text.setAttribute('aria-live', 'polite');
    bar.className = 'app-diagram__steps';
    bar.append(this._previous, this._next, this._text);
    host.prepend(bar);

    eventBus.on(STEP_SHOWN, ({ index, step }) => this._tell(index, step));
    eventBus.once('import.done', () => this._tell(-1));
    document.addEventListener('click', event => this._follow(event));
  }

  _button(text, act) {
    const button = document.createElement('button');

    button.type = 'button';
    button.className = 'govuk-button govuk-button--secondary';
    button.textContent = text;
    button.addEventListener('click', act);

    return button;
  }

  // A button that has nothing to do stays reachable, so that the keyboard's place is not lost.
  _tell(index, step) {
    const { length } = this._stepReplay.steps;

    this._previous.setAttribute('aria-disabled', String(index < 0));
    this._next.setAttribute('aria-disabled', String(index >= length - 1));
    this._text.textContent = step
      ? `Step ${index + 1} of ${length}: ${step.text}`
      : `${length} ${length === 1 ? 'step' : 'steps'}. Choose “Next step” to follow the path.`;

    for (const link of document.querySelectorAll('[data-step]')) {
      const shown = step && link.dataset.step === String(step.n);

      link.toggleAttribute('aria-current', false);
      link.closest('tr')?.classList.toggle('app-row--current', Boolean(shown));

      if (shown) {
        link.setAttribute('aria-current', 'step');
      }
    }
  }

  _follow(event) {
    const link = event.target.closest?.('[data-step]');
    const index = link ? this._stepReplay.steps.findIndex(step => String(step.n) === link.dataset.step) : -1;

    if (index >= 0) {
      this._stepReplay.show(index);
    }
  }
}

StepControls.$inject = [ 'config.host', 'eventBus', 'stepReplay' ];
