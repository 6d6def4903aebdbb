// Evenly spread points, and the standard normal.

const POWER = 14;
const POINTS = 1 << POWER;
const Z95 = 1.6448536269514722;

// The quantile of a standard normal: Wichura, Algorithm AS 241, Applied Statistics 37, 1988.
function normalScore(p) {
  const horner = (coefficients, x) => coefficients.reduceRight((sum, each) => sum * x + each, 0);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return q * horner([3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
      45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727], r)
      / horner([1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
        39307.89580009271061, 28729.085735721942674, 5226.495278852545925], r);
  }
  let r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  let score;
  if (r <= 5) {
    r -= 1.6;
    score = horner([1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
      1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4], r)
      / horner([1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
        0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9], r);
  } else {
    r -= 5;
    score = horner([6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
      0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7], r)
      / horner([1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
        7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15], r);
  }
  return q < 0 ? -score : score;
}

// The probability below a standard normal score: the series near zero, the continued fraction further out
// (Abramowitz and Stegun, 26.2.10 and 26.2.14).
function normalBelow(x) {
  const density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  if (Math.abs(x) < 3) {
    let term = x, sum = x;
    for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) sum += term *= x * x / n;
    return 0.5 + density * sum;
  }
  const far = Math.abs(x);
  let fraction = far;
  for (let n = 60; n > 0; n--) fraction = far + n / fraction;
  const tail = far > 40 ? 0 : density / fraction;
  return x < 0 ? tail : 1 - tail;
}

// A number that looks random, of a whole number: the end of MurmurHash3.
function scrambled(n) {
  n = Math.imul(n ^ (n >>> 16), 0x85ebca6b);
  n = Math.imul(n ^ (n >>> 13), 0xc2b2ae35);
  return (n ^ (n >>> 16)) >>> 0;
}

// POINTS numbers evenly spread over 0 to 1: Sobol's with a digital shift, or in an order of their own beyond its table.
function spread(dimension, directions) {
  const points = new Float64Array(POINTS);
  if (directions) {
    let bits = scrambled(dimension + 1);
    for (let i = 0; i < POINTS; i++) {
      points[i] = ((bits >>> (32 - POWER)) + 0.5) / POINTS; // in the middle of its part, of which there are POINTS
      bits ^= directions[Math.min(31 - Math.clz32(~i & (i + 1)), directions.length - 1)];
    }
    return points;
  }
  const mask = POINTS - 1, key = scrambled(dimension + 1), other = scrambled(key);
  for (let i = 0; i < POINTS; i++) {
    let place = Math.imul(i ^ (key & mask), other | 1) & mask;
    place ^= place >>> 7;
    place = Math.imul(place, (key >>> 8) | 1) & mask;
    place ^= place >>> 6;
    points[i] = (((place + other) & mask) + 0.5) / POINTS;
  }
  return points;
}
