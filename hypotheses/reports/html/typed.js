// Values as they are typed, and figures as they are written: as the program does both, as far as it goes here.
// What is not read here is refused, never read in another way.

const SUFFIXES = {"": 0, "%": -2, k: 3, K: 3, M: 6, B: 9, G: 9, T: 12};
const SIZES = {thousand: 3, million: 6, mln: 6, mn: 6, billion: 9, bn: 9, trillion: 12, tn: 12, percent: -2};
const NUMBER = /^([-+]?)(\d{1,3}(?:,\d{3})+|\d*)(\.\d*)?(?:[eE]([-+]?\d{1,4}))?\s*([A-Za-z%]*)$/;
const PLAIN = /^[-+]?(\d*\.?\d+|\d+\.)$/;
const TYPED = "expected a value such as 890M, 45% or 30B to 300B";

function typedNumber(text) {
  const match = NUMBER.exec(text.trim());
  const digits = match && match[2].replaceAll(",", "") + (match[3] || "");
  if (!match || digits === "" || digits === ".") throw new Error(`“${text}” is not a number; ${TYPED}`);
  const size = Object.hasOwn(SUFFIXES, match[5]) ? SUFFIXES[match[5]]
    : Object.hasOwn(SIZES, match[5].toLowerCase()) ? SIZES[match[5].toLowerCase()] : undefined;
  if (size === undefined) throw new Error(`“${match[5]}” is not a suffix; expected %, K, M, B, G or T`);
  const value = Number(`${match[1]}${digits}e${Number(match[4] || 0) + size}`);
  if (!Number.isFinite(value) || (value === 0 && /[1-9]/.test(digits))) throw new Error(`“${text}” cannot be computed with; ${TYPED}`);
  return value;
}

const suffixOf = text => { const match = NUMBER.exec(text.trim()); return match ? match[5] : ""; };

// Numbers that ascend, of which the last one's suffix counts for those that have none: 5 to 10M is 5M to 10M.
function ascending(texts) {
  let numbers = texts.map(typedNumber);
  const last = suffixOf(texts.at(-1)), rest = texts.slice(0, -1);
  if (last && !rest.some(suffixOf) && rest.some(text => PLAIN.test(text))) {
    const shared = texts.map((text, place) => PLAIN.test(text) ? typedNumber(`${text} ${last}`) : numbers[place]);
    if (shared.every((number, place) => place === 0 || shared[place - 1] < number)) {
      if (["%", "percent"].includes(last.toLowerCase()) && numbers[0] > 0 && numbers[0] <= numbers.at(-1)) {
        throw new Error("it could be meant either way; expected a % on both ends");
      }
      numbers = shared;
    }
  }
  for (let place = 1; place < numbers.length; place++) {
    if (numbers[place - 1] > numbers[place]) throw new Error("the ends do not ascend; expected the lower value first");
  }
  return numbers;
}

// A value as the engine takes it: a number, or a shape over a normal score.
function typedValue(text) {
  const plain = text.replaceAll("−", "-").trim().split(/\s+/).join(" ");
  const median = /^([^()]+?) ?\(([^()]*)\)$/.exec(plain), range = (median ? median[2].trim() : plain).split(" to ");
  if (range.length === 1) {
    if (median) throw new Error(`“${median[2]}” is not a range; expected two ends, such as 30B to 300B`);
    return typedNumber(plain);
  }
  if (range.length !== 2) throw new Error(`“${text}” is not a value; ${TYPED}`);
  const numbers = ascending(median ? [range[0], median[1], range[1]] : range);
  const [low, high] = [numbers[0], numbers.at(-1)], log = low > 0;
  if (low === high) return low;
  const bent = log ? Math.log10 : x => x;
  if (!median) return [log ? "lognormal" : "normal", (bent(low) + bent(high)) / 2, (bent(high) - bent(low)) / (2 * Z95)];
  const middle = bent(numbers[1]);
  return [log ? "loghalves" : "halves", middle, (middle - bent(low)) / Z95, (bent(high) - middle) / Z95];
}

// Figures

function trimmed(text) {
  const [digits, power] = text.split("e");
  const short = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
  return power === undefined ? short : `${short}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

// Four significant digits, with a suffix from ten thousand on.
function amountText(number) {
  if (number === 0) return "0";
  const rounded = Number(number.toPrecision(4)), size = Math.abs(rounded);
  if (size >= 1e4 && size < 1e15) {
    const [suffix, unit] = [["T", 1e12], ["B", 1e9], ["M", 1e6], ["K", 1e3]].find(([, each]) => size >= each);
    return trimmed((rounded / unit).toPrecision(4)) + suffix;
  }
  return trimmed(size < 1e-4 ? rounded.toExponential(3) : rounded.toPrecision(4));
}

// Two decimals; what lies right between two is rounded to the even one.
function hundredths(number) {
  const between = Number.isInteger(number * 8) && !Number.isInteger(number * 4);
  return (between ? 2 * Math.round(number * 50) / 100 : number).toFixed(2);
}

function figure(gap, number) {
  if (!Number.isFinite(number)) return "unbounded";
  const text = gap.unit === "OOM" && Math.abs(number) < 1e6 ? hundredths(number) : amountText(number);
  return (text === "-0.00" ? "0.00" : text).replaceAll("-", "−");
}

function spreadText(gap, shown) {
  const low = figure(gap, shown.quantile(0.05)), high = figure(gap, shown.quantile(0.95));
  return low === high ? "" : `${low} to ${high}`;
}

function percent(share) {
  const whole = Math.round(100 * share);
  if (whole === 0 && share > 0) return "<1%";
  return whole === 100 && share < 1 ? ">99%" : `${whole}%`;
}
