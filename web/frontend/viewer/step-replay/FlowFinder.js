const FARTHEST = 8;

/** Finds the flows by which a dispute came to an element, where a step does not name them. */
export default class FlowFinder {

  /**
   * Return the shortest way back from an element to one that was passed before, as flows and what lies between.
   *
   * @param {import('diagram-js/lib/model').Element} element
   * @param {Set<string>} passed ids of the elements passed so far
   *
   * @return {string[]}
   */
  wayTo(element, passed) {
    let ends = [ { at: element, way: [] } ];
    const seen = new Set([ element.id ]);

    for (let far = 0; far < FARTHEST && ends.length; far++) {
      const next = [];

      for (const { at, way } of ends) {
        for (const flow of this._into(at)) {
          const { source } = flow;

          if (passed.has(source.id) || passed.has(source.host?.id)) {
            return [ ...way, flow.id, source.id ];
          }

          if (!seen.has(source.id)) {
            seen.add(source.id);
            next.push({ at: source, way: [ ...way, flow.id, source.id ] });
          }
        }
      }

      ends = next;
    }

    return [];
  }

  // A boundary event is reached by way of what it stands on, and what a subprocess begins with by way of the subprocess.
  _into(element) {
    const flows = (element?.incoming ?? []).filter(flow => flow.type === 'bpmn:SequenceFlow');
    const around = element?.host ?? (element?.parent?.type === 'bpmn:SubProcess' ? element.parent : null);

    return flows.length || !around ? flows : this._into(around);
  }
}
