// What the gaps come to, worked out on the page from what the program put into it. Draws are of points that are the same
// for every set of explanations, so that nothing moves but what was changed.

const TABLE = 64; // dimensions of Sobol's sequence that the program put into the page
const MANY = 1024; // up to so many sets of explanations are mixed where all are exact
const FEW = 64; // up to so many sets are each worked out

// Which of the explanations that can change a step are in a set.
const which = (step, set) => step.touching.map(place => +set[place]).join("");

// One debate's numbers with the inputs as they are given.
class Numbers {
  constructor(model) {
    this.model = model;
    this.points = new Map(); // dimension -> scores
    this.shapes = [];
    this.loadings = {};
    this.given = new Map(); // place of an input -> its value
    const keys = Object.keys(model.steps);
    this.worked = new Map(keys.map(key => [key, new Map()])); // key of a step -> set of explanations -> its value
    this.results = new Map(keys.map(key => [key, new Map()])); // symbol of a gap -> set of explanations -> what it comes to
  }

  // What the inputs say: for each a number or a shape, and its loadings, which say what it goes along with. What hangs on
  // none of those that are others now stays as it was worked out.
  give(shapes, loadings) {
    const other = shapes.map((shape, place) =>
      shape !== this.shapes[place] || JSON.stringify(loadings[place]) !== JSON.stringify(this.loadings[place]));
    for (const [key, step] of Object.entries(this.model.steps)) {
      if (step.inputs.some(place => other[place])) { this.worked.set(key, new Map()); this.results.set(key, new Map()); }
    }
    other.forEach((is, place) => { if (is) this.given.delete(place); });
    this.shapes = shapes;
    this.loadings = loadings;
  }

  scores(dimension) {
    if (!this.points.has(dimension)) {
      const points = spread(dimension, dimension < TABLE ? this.model.directions[dimension] : undefined);
      this.points.set(dimension, points.map(normalScore));
    }
    return this.points.get(dimension);
  }

  input(place) {
    if (!this.given.has(place)) this.given.set(place, this.read(this.shapes[place], this.loadings[place] || [[place, 1]]));
    return this.given.get(place);
  }

  read(shape, loadings) {
    if (shape === null) throw new Error("one of its figures cannot be computed with");
    if (typeof shape === "number") return known(shape);
    const [kind, ...numbers] = shape;
    if (kind === "normal" || kind === "lognormal") {
      const [mean, deviation] = numbers;
      return {log: kind === "lognormal", at: mean, terms: new Map(loadings.map(([score, weight]) => [score, weight * deviation]))};
    }
    const score = this.drawn({log: false, at: 0, terms: new Map(loadings)});
    if (kind === "halves" || kind === "loghalves") {
      const [middle, below, above] = numbers;
      return score.map(z => { const x = middle + z * (z < 0 ? below : above); return kind === "halves" ? x : 10 ** x; });
    }
    const [start, step, values] = numbers; // a table over scores
    return score.map(z => {
      const place = Math.min(Math.max((z - start) / step, 0), values.length - 1.000001), low = Math.floor(place);
      const x = values[low] + (place - low) * (values[low + 1] - values[low]);
      return kind === "table" ? x : 10 ** x;
    });
  }

  drawn(value) {
    if (!isForm(value)) return value;
    const draws = new Float64Array(POINTS).fill(value.at);
    for (const [score, weight] of value.terms) {
      const scores = this.scores(score);
      for (let i = 0; i < POINTS; i++) draws[i] += weight * scores[i];
    }
    return value.log ? draws.map(x => 10 ** x) : draws;
  }

  apply(operator, values) {
    if (values.every(isForm)) {
      if (values.every(isNumber)) return known(DRAWS[operator](...values.map(each => each.at)));
      const form = FORMS[operator] && FORMS[operator](...values);
      if (form) return settled(form);
    }
    const draws = values.map(each => isNumber(each) ? each.at : this.drawn(each));
    const work = DRAWS[operator], [one, other] = draws;
    if (draws.length === 1) return one.map(x => work(x));
    if (draws.length === 2 && typeof one === "number") return other.map(x => work(one, x));
    if (draws.length === 2 && typeof other === "number") return one.map(x => work(x, other));
    if (draws.length === 2) return one.map((x, i) => work(x, other[i]));
    return Float64Array.from({length: POINTS}, (_, i) => work(...draws.map(each => typeof each === "number" ? each : each[i])));
  }

  // The value of a formula: a number, a name, or an operator with what it is applied to.
  formula(tree, named) {
    if (typeof tree === "number") return known(tree);
    if (typeof tree === "string") return named(tree);
    const [operator, ...parts] = tree;
    return this.apply(operator, parts.map(part => this.formula(part, named)));
  }

  // The value of a step under a set of explanations: whether each is in it, or of each draw whether it is in it.
  step(key, set) {
    const step = this.model.steps[key];
    const worked = set.masks ? set.worked : this.worked.get(key), id = set.masks ? key : which(step, set);
    if (!worked.has(id)) worked.set(id, this.work(step, set));
    return worked.get(id);
  }

  work(step, set) {
    if ("input" in step) return this.input(step.input);
    if (!("before" in step)) return this.formula(step.formula, name => this.step(name, set));
    const before = this.step(step.before, set), mask = set.masks ? set.masks[step.explanation] : set[step.explanation];
    if (mask === false) return before;
    if (step.formula === null) throw new Error("an effect cannot be worked out");
    const after = this.formula(step.formula, name =>
      name === step.symbol ? before : name in step.assumes ? this.input(step.assumes[name]) : this.step(name, set));
    if (mask === true) return after;
    const [without, within] = [this.drawn(before), this.drawn(after)];
    return within.map((x, i) => mask[i] ? x : without[i]);
  }

  // A gap under a set of explanations, in the unit it is shown in.
  gap(gap, set) {
    const results = this.results.get(gap.symbol), id = set.masks ? "" : which(this.model.steps[gap.symbol], set);
    if (set.masks || !results.has(id)) {
      const value = this.step(gap.symbol, set), shown = result(gap.unit === "OOM" ? this.apply("log10", [value]) : value);
      if (set.masks) return shown;
      results.set(id, shown);
    }
    return results.get(id);
  }

  // A gap with every set of explanations weighed by how likely it is.
  weighed(gap, plausibilities) {
    const sets = weights(this.model, gap, plausibilities);
    if (!sets.length) return null;
    const exact = () => sets.length <= MANY && sets.every(([set]) => !this.gap(gap, set).draws);
    if (sets.length <= FEW || exact()) {
      const parts = sets.map(([set, weight]) => [weight, this.gap(gap, set)]);
      return parts.length === 1 ? parts[0][1] : mixture(parts);
    }
    return this.picked(gap, sets);
  }

  // Each draw is of one of the sets, picked by a dimension of its own.
  picked(gap, sets) {
    const ends = [];
    sets.reduce((sum, [, weight]) => (ends.push(sum + weight), sum + weight), 0);
    const points = spread(TABLE, this.model.directions[TABLE]);
    const masks = this.model.explanations.map(() => false);
    for (const place of this.model.steps[gap.symbol].touching) masks[place] = new Uint8Array(POINTS);
    for (let i = 0; i < POINTS; i++) {
      const target = points[i] * ends[ends.length - 1];
      let low = 0, high = ends.length - 1;
      while (low < high) { const middle = (low + high) >> 1; if (ends[middle] < target) low = middle + 1; else high = middle; }
      const [set] = sets[low];
      for (const place of this.model.steps[gap.symbol].touching) masks[place][i] = set[place] ? 1 : 0;
    }
    return this.gap(gap, {masks, worked: new Map()});
  }
}

// The sets of explanations that can change a gap, each with its probability.
function weights(model, gap, plausibilities) {
  const touching = model.steps[gap.symbol].touching, everyone = model.explanations;
  const chance = place => ({"true": 1, "false": 0})[everyone[place].settled] ?? plausibilities[place];
  const none = everyone.map(() => false);
  if (model.mode === "exclusive") {
    const sum = list => list.reduce((total, each) => total + each, 0);
    const left = Math.max(0, 1 - sum(plausibilities)) * model.noneOfTheRest;
    const whole = sum(everyone.map((_, place) => chance(place))) + (model.anyTrue ? 0 : left);
    if (!whole) return [];
    const sets = touching.filter(place => chance(place) > 0)
      .map(place => [none.map((_, other) => other === place), chance(place) / whole]);
    return [[none, Math.max(0, 1 - sum(sets.map(([, weight]) => weight)))], ...sets].filter(([, weight]) => weight > 0);
  }
  const concerned = new Set(touching);
  for (let size = -1; size !== concerned.size;) {
    size = concerned.size;
    for (const pair of model.rivals) if (pair.some(place => concerned.has(place))) pair.forEach(place => concerned.add(place));
  }
  if ([...concerned].filter(place => chance(place) > 0 && chance(place) < 1).length > 16) {
    throw new Error("more than 16 explanations bear on it");
  }
  let sets = [[none, 1]];
  for (const place of concerned) {
    const p = chance(place);
    sets = sets.flatMap(([set, weight]) => [
      ...(p < 1 ? [[set, weight * (1 - p)]] : []),
      ...(p > 0 ? [[set.map((held, other) => held || other === place), weight * p]] : []),
    ]);
  }
  sets = sets.filter(([set]) => model.rivals.every(([one, other]) => !(set[one] && set[other])));
  const together = new Map();
  let whole = 0;
  for (const [set, weight] of sets) {
    const kept = set.map((held, place) => held && touching.includes(place)), id = kept.map(Number).join("");
    together.set(id, [kept, (together.has(id) ? together.get(id)[1] : 0) + weight]);
    whole += weight;
  }
  return [...together.values()].map(([set, weight]) => [set, weight / whole]).filter(([, weight]) => weight > 0);
}

// Results

// What a value comes to: its quantiles, and the probability below and up to a number.
function result(value) {
  if (!isForm(value)) {
    if (value.some(Number.isNaN)) throw new Error("it has no result");
    const draws = Float64Array.from(value).sort();
    const before = (x, reached) => {
      let low = 0, high = draws.length;
      while (low < high) { const middle = (low + high) >> 1; if (reached ? draws[middle] <= x : draws[middle] < x) low = middle + 1; else high = middle; }
      return low / draws.length;
    };
    const quantile = p => {
      const place = Math.min(Math.max(p * draws.length - 0.5, 0), draws.length - 1), low = Math.floor(place);
      const high = Math.min(low + 1, draws.length - 1);
      return draws[low] === draws[high] ? draws[low] : draws[low] + (place - low) * (draws[high] - draws[low]);
    };
    return {draws, quantile, upTo: x => before(x, true), below: x => before(x, false)};
  }
  const deviation = Math.hypot(...value.terms.values());
  const plain = x => value.log ? 10 ** x : x, bent = x => value.log ? log10(x) : x;
  if (!Number.isFinite(plain(value.at))) throw new Error("it has no result");
  const upTo = deviation ? x => normalBelow((bent(x) - value.at) / deviation) : x => Number(x >= plain(value.at));
  const score = p => p === 0.5 ? 0 : p === 0.95 ? Z95 : p === 0.05 ? -Z95 : normalScore(p);
  return {
    quantile: p => plain(value.at + deviation * (deviation ? score(p) : 0)),
    upTo, below: deviation ? upTo : x => Number(x > plain(value.at)),
  };
}

// One of several results, each with its probability.
function mixture(parts) {
  const over = what => x => parts.reduce((sum, [weight, part]) => sum + weight * part[what](x), 0);
  const upTo = over("upTo");
  const quantile = p => {
    const ends = parts.map(([, part]) => part.quantile(p));
    let low = Math.min(...ends), high = Math.max(...ends);
    if (upTo(low) >= p) return low;
    for (let step = 0; step < 200 && low < high; step++) {
      const middle = low / 2 + high / 2;
      if (middle === low || middle === high) break;
      if (upTo(middle) < p) low = middle; else high = middle;
    }
    return high;
  };
  return {quantile, upTo, below: over("below")};
}

// How likely a gap is overshot, closed and open; open is the side on which it is now.
function chances(gap, now, weighed) {
  if (gap.tolerance === null) return null;
  const under = weighed.below(-gap.tolerance), over = Math.max(0, 1 - weighed.upTo(gap.tolerance));
  const closed = Math.max(0, 1 - under - over);
  // A median of nothing that was drawn lies a hair beside it.
  const hair = now.draws ? 1e-4 * (now.quantile(0.95) - now.quantile(0.05)) : 0;
  return now.quantile(0.5) < -hair ? {overshot: over, closed, open: under} : {overshot: under, closed, open: over};
}
