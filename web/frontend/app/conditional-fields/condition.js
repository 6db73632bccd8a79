const CHOICE = /^\s*if\s+(.+?)\s+then\s+(true|false)\s+else\s+(true|false)\s*$/s;
const COMPARISON = /^\s*([A-Za-z_]\w*)\s*(!?=)\s*("[^"]*"|true|false|null|-?\d+(?:\.\d+)?)\s*$/;
const MORE_OR_LESS = /^\s*([A-Za-z_]\w*)\s*([<>])\s*(-?\d+(?:\.\d+)?)\s*$/;
const MEMBER = /^\s*"([^"]*)"\s+in\s+([A-Za-z_]\w*)\s*$/;

/**
 * Read a simple condition: comparisons of a field with a value (`=`, `!=`, `<`, `>`), and `"value" in field`, joined by
 * `or` or by `and`, not by both; around it, where wanted, `if … then true else false` or the other way round.
 *
 * @param {string} text FEEL, with or without a leading "="
 *
 * @return {{ names: string[], holds: (answers: (name: string) => string[]) => boolean } | null} null: not simple
 */
export function simpleCondition(text) {
  const bare = text.replace(/^\s*=/, '');
  const [ , asked, then, otherwise ] = bare.match(CHOICE) ?? [];
  const parts = (asked ?? bare).split(/\s+(and|or)\s+/);
  const joins = new Set(parts.filter((_, at) => at % 2 === 1));
  const tests = parts.filter((_, at) => at % 2 === 0).map(test);

  if (joins.size > 1 || tests.includes(null)) {
    return null;
  }

  return {
    names: tests.map(({ name }) => name),
    holds: answers => {
      const held = joins.has('or') ? tests.some(each => each.holds(answers)) : tests.every(each => each.holds(answers));

      return asked ? (held ? then : otherwise) === 'true' : held;
    }
  };
}

function test(text) {
  const [ , member, list ] = text.match(MEMBER) ?? [];

  if (list) {
    return { name: list, holds: answers => answers(list).includes(member) };
  }

  const [ , number, sign, limit ] = text.match(MORE_OR_LESS) ?? [];

  if (number) {
    return {
      name: number,
      holds: answers => answers(number).some(given => sign === '>' ? Number(given) > limit : Number(given) < limit)
    };
  }

  const [ , name, operator, literal ] = text.match(COMPARISON) ?? [];

  if (!name) {
    return null;
  }

  const value = literal === 'null' ? null : literal.replace(/^"|"$/g, '');

  return { name, holds: answers => ((answers(name)[0] ?? null) === value) === (operator === '=') };
}
