const PREFIX = 'concord-kept:';
const WAIT = 300;

// Whether whoever typed is leaving: the page that they leave keeps nothing any more.
let leaving = false;

/**
 * Keeps what is typed into a form (data-keep: whose it is, and of what) for as long as this tab is open, and puts it
 * back when the form is come to again: by Back, by a reload, or after the connection was lost.
 *
 * Nothing leaves the tab. It is forgotten once the form has been taken (data-forget on the page that follows), when
 * somebody signs out, and when somebody else signs in.
 */
export default class KeptInput {
  constructor(form, store = window.sessionStorage) {
    this._form = form;
    this._store = store;
    this._name = PREFIX + form.dataset.keep;
    this._said = form.querySelector('[data-kept]');
    this._elsewhere = [];
  }

  start() {
    const kept = this._read();

    // What another step of it asks is kept beside, and sent with it: it was typed for the same purpose.
    this._elsewhere = kept.filter(([ name ]) => !this._form.elements.namedItem(name));
    this._form.addEventListener('formdata', ({ formData }) => this._elsewhere
      .filter(([ , , choice, checked ]) => !choice || checked)
      .forEach(([ name, value ]) => formData.append(name, value)));

    // What the server filled in is newer: it has just been sent.
    if ('fresh' in this._form.dataset && kept.length) {
      this._putBack(kept);
    }

    let waiting;
    this._form.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this._keep(), WAIT);
    });
    window.addEventListener('pagehide', () => this._keep());
    this._said?.querySelector('button').addEventListener('click', () => {
      this._form.reset();
      this._elsewhere = [];
      this._form.dispatchEvent(new Event('input', { bubbles: true }));
      this._said.hidden = true;
      this._form.querySelector('input:not([type=hidden]), textarea, select').focus();
    });
  }

  _read() {
    try {
      return JSON.parse(this._store.getItem(this._name) ?? '[]');
    } catch {
      return [];
    }
  }

  _keep() {
    if (leaving) {
      return;
    }

    const inputs = this._inputs();
    const stand = inputs.map(input => [ input.name, input.value, isChoice(input), input.checked ?? false ]);

    try {
      if (inputs.some(isTyped) || this._elsewhere.length) {
        this._store.setItem(this._name, JSON.stringify([ ...stand, ...this._elsewhere ]));
      } else if ('fresh' in this._form.dataset) {
        this._store.removeItem(this._name);
      }
    } catch {
      // A full or forbidden store keeps nothing; what is typed stands on the page all the same.
    }
  }

  _putBack(kept) {
    const places = new Map();

    kept.forEach(([ name, value, , checked ]) => {
      const named = this._inputs().filter(input => input.name === name);
      const choice = named.find(input => isChoice(input) && input.value === value);

      if (choice) {
        choice.checked = checked;
      } else if (named.length && !isChoice(named[0])) {
        const place = places.get(name) ?? 0;
        places.set(name, place + 1);
        (named[place] ?? named[0]).value = value;
      }
    });
    this._form.dispatchEvent(new Event('input', { bubbles: true }));

    if (this._said) {
      this._said.hidden = false;
    }
  }

  _inputs() {
    return [ ...this._form.elements ].filter(input => input.name && !(input.type === 'hidden' || input.type === 'submit'));
  }
}

/**
 * Forget all that was kept, for good: whoever typed is leaving.
 */
export function leave() {
  leaving = true;
  forget('');
}

/**
 * Forget what was kept under names that begin so.
 */
export function forget(forgotten, store = window.sessionStorage) {
  Object.keys(store).filter(name => name.startsWith(PREFIX + forgotten)).forEach(name => store.removeItem(name));
}

/**
 * Forget what anybody else had typed in this tab.
 */
export function forgetOthers(person, store = window.sessionStorage) {
  Object.keys(store)
    .filter(name => name.startsWith(PREFIX) && !name.startsWith(`${ PREFIX }${ person }:`))
    .forEach(name => store.removeItem(name));
}

function isChoice(input) {
  return input.type === 'radio' || input.type === 'checkbox';
}

// Whether something else stands there than as the page came.
function isTyped(input) {
  if (isChoice(input)) {
    return input.checked !== input.defaultChecked;
  }

  if (input.tagName === 'SELECT') {
    const first = [ ...input.options ].find(option => option.defaultSelected) ?? input.options[0];

    return input.value !== first?.value;
  }

  return input.value !== input.defaultValue;
}
