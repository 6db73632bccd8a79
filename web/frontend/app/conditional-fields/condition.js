const COMPARISON = /^\s*([A-Za-z_]\w*)\s*(!?=)\s*("[^"]*"|true|false|null|-?\d+(?:\.\d+)?)\s*$/;

/**
 * Read a simple condition: comparisons of a field with a value, joined by `or`, or by `and`, not by both.
 *
 * @param {string} text FEEL, with or without a leading "="
 *
 * @return {{ names: string[], holds: (answer: (name: string) => string | null) => boolean } | null} null: not simple
 */
export function simpleCondition(text) {
  const parts = text.replace(/^\s*=/, '').split(/\s+(and|or)\s+/);
  const joins = new Set(parts.filter((_, at) => at % 2 === 1));
  const comparisons = parts.filter((_, at) => at % 2 === 0).map(comparison);

  if (joins.size > 1 || comparisons.includes(null)) {
    return null;
  }

  return {
    names: comparisons.map(({ name }) => name),
    holds: answer => joins.has('or')
      ? comparisons.some(each => each.holds(answer))
      : comparisons.every(each => each.holds(answer))
  };
}

function comparison(text) {
  const [ , name, operator, literal ] = text.match(COMPARISON) ?? [];

  if (!name) {
    return null;
  }

  const value = literal === 'null' ? null : literal.replace(/^"|"$/g, '');

  return { name, holds: answer => (answer(name) === value) === (operator === '=') };
}
