import { simpleCondition } from './condition.js';

/**
 * Hides the parts of a form whose condition (data-hide-when) holds for the answers given so far.
 *
 * Several forms of tasks stand in one form of a page, each with a prefix of its own (data-prefix).
 *
 * A condition that is not simple leaves its part in view: the server decides what counts, and drops what is hidden.
 */
export default class ConditionalFields {
  constructor(form) {
    this._form = form;
    this._parts = [ ...form.querySelectorAll('[data-hide-when]') ]
      .map(part => ({ part, prefix: part.dataset.prefix ?? '', condition: simpleCondition(part.dataset.hideWhen) }))
      .filter(({ prefix, condition }) => condition?.names.every(name => form.elements.namedItem(prefix + name)));
  }

  start() {
    if (this._parts.length) {
      this._form.addEventListener('input', () => this.update());
      this.update();
    }
  }

  // What a hidden part holds counts as not answered, as it does for the server; parts come in the form's order.
  update() {
    this._parts.forEach(({ part, prefix, condition }) => {
      part.hidden = condition.holds(name => this._answers(prefix + name));
    });
  }

  _answers(name) {
    const inputs = [ ...this._form.querySelectorAll(`[name="${CSS.escape(name)}"]`) ];
    const seen = inputs.filter(input => !input.closest('[hidden]'));

    if (inputs.length === 1 && inputs[0].type === 'checkbox' && !inputs[0].closest('fieldset')) {
      return [ String(seen.some(input => input.checked)) ];
    }

    return seen
      .filter(input => input.type === 'radio' || input.type === 'checkbox' ? input.checked : true)
      .map(input => input.value)
      .filter(Boolean);
  }
}
