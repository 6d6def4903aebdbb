// Values. A value is a form, or draws. A form is a number plus a weighted sum of independent normal scores
// ({log: false}), or ten to the power of one ({log: true}): products, quotients, powers, logarithms and exponentials of
// forms are forms, so what the program works out exactly is exact here too. All else is drawn.

const LN10 = Math.log(10);

const isForm = value => !(value instanceof Float64Array);
const known = number => ({log: false, at: number, terms: new Map()});
const isNumber = value => isForm(value) && !value.log && value.terms.size === 0;
const scaled = (form, factor) => ({
  log: form.log, at: form.at * factor,
  terms: factor ? new Map([...form.terms].map(([score, weight]) => [score, weight * factor])) : new Map(),
});

function added(left, right, sign) {
  const terms = new Map(left.terms);
  for (const [score, weight] of right.terms) {
    const before = terms.get(score) || 0, total = before + sign * weight;
    // What rounding leaves of weights that cancel is nothing.
    if (Math.abs(total) > 1.5e-14 * Math.max(Math.abs(before), Math.abs(weight))) terms.set(score, total);
    else terms.delete(score);
  }
  return {log: left.log, at: left.at + sign * right.at, terms};
}

// A form as ten to the power of one, if it is above zero for certain.
function asPower(value) {
  if (!isForm(value)) return null;
  if (value.log) return value;
  return value.terms.size === 0 && value.at > 0 ? {log: true, at: Math.log10(value.at), terms: new Map()} : null;
}

// A power of ten that is certain is a number.
const settled = form => form && form.log && form.terms.size === 0 ? known(10 ** form.at) : form;

const FORMS = {
  "+": (a, b) => !a.log && !b.log ? added(a, b, 1) : null,
  "-": (a, b) => !a.log && !b.log ? added(a, b, -1) : null,
  "*": (a, b) => {
    if (isNumber(a) && !b.log) return scaled(b, a.at);
    if (isNumber(b) && !a.log) return scaled(a, b.at);
    const left = asPower(a), right = asPower(b);
    return left && right && added(left, right, 1);
  },
  "/": (a, b) => {
    if (isNumber(b) && !a.log) return scaled(a, 1 / b.at);
    const left = asPower(a), right = asPower(b);
    return left && right && added(left, right, -1);
  },
  "**": (a, b) => {
    if (isNumber(a) && isNumber(b)) return known(a.at ** b.at);
    const base = asPower(a);
    if (base && isNumber(b)) return scaled(base, b.at);
    return base && base.terms.size === 0 && !b.log ? {...scaled(b, base.at), log: true} : null;
  },
  negative: a => a.log ? null : scaled(a, -1),
  log10: a => { const power = asPower(a); return power && {...power, log: false}; },
  log: a => { const power = asPower(a); return power && {...scaled(power, LN10), log: false}; },
  exp: a => a.log ? null : {...scaled(a, 1 / LN10), log: true},
  sqrt: a => { const power = asPower(a); return power && scaled(power, 0.5); },
  abs: a => a.log ? a : isNumber(a) ? known(Math.abs(a.at)) : null,
};

const log10 = x => x > 0 ? Math.log10(x) : -Infinity; // what is not above zero lies below every order of magnitude
const DRAWS = {
  "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b,
  "**": (a, b) => { const power = a ** b; return Number.isNaN(power) ? -Infinity : power; },
  negative: a => -a, log10, log: a => LN10 * log10(a), exp: Math.exp, expm1: Math.expm1,
  log1p: a => Math.log1p(Math.max(a, -1)), sqrt: a => a < 0 ? -Infinity : Math.sqrt(a), abs: Math.abs,
  min: Math.min, max: Math.max,
};
