/** Says, below the diagram, what the chosen element is for: its name and its documentation with the clauses. */
export default class ElementAbout {
  constructor(host, eventBus) {
    this._about = document.createElement('p');
    this._about.className = 'app-diagram__about govuk-body-s';
    this._about.setAttribute('aria-live', 'polite');

    eventBus.once('import.done', () => {
      host.append(this._about);
      this._tell();
    });
    eventBus.on('selection.changed', ({ newSelection }) => this._tell(newSelection[0]));
  }

  _tell(element) {
    const { name, id, documentation } = element?.businessObject ?? {};

    this._about.textContent = id
      ? [ name, documentation?.[0]?.text ].filter(Boolean).join(' – ') || 'Nothing is written about this shape.'
      : 'Choose a shape to read what it is for. Drag to move, hold Ctrl and scroll to zoom.';
  }
}

ElementAbout.$inject = [ 'config.host', 'eventBus' ];
