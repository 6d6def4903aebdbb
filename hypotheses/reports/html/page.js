// The place to try things: what is ticked, moved or typed over, what the gaps then come to, and the address that says so.

const $ = id => document.getElementById(id);
const model = JSON.parse($("model").textContent);
const numbers = new Numbers(model);
const rows = model.gaps.map((gap, place) => ({gap, row: $(`gap-${place}`)}));
const asHeld = model.explanations.map(each => each.plausibility);
const state = {ticked: new Set(), plausibilities: [...asHeld], typed: new Map(), convention: 0};

let stale = true; // whether what the inputs say has changed since it was last given

// The inputs as they are given: under the convention, with what was typed over.
function given() {
  const {counts, loadings} = model.conventions[state.convention], along = {...loadings};
  const shapes = model.inputs.map((input, place) => input && input.readings[counts[place]][2]);
  for (const [place, {shape}] of state.typed) {
    shapes[place] = shape;
    if (!model.inputs[place].alone) delete along[place]; // a figure of one's own goes along with nothing
  }
  numbers.give(shapes, along);
}

// What a figure comes to, or why it is not known.
function tried(work) {
  try { return {result: work()}; } catch (error) {
    if (!(error instanceof Error)) throw error;
    return {why: `not known: ${error.message}`};
  }
}

function workOut() {
  if (stale) given();
  stale = false;
  const set = model.explanations.map((_, place) => state.ticked.has(place)), none = set.map(() => false);
  for (const {gap, row} of rows) {
    const now = tried(() => numbers.gap(gap, none));
    const ticked = state.ticked.size ? tried(() => numbers.gap(gap, set)) : {};
    const weighed = tried(() => numbers.weighed(gap, state.plausibilities));
    fill(row.querySelector(".now"), gap, now);
    fill(row.querySelector(".ticked"), gap, ticked);
    fill(row.querySelector(".weighed"), gap, weighed);
    const likely = now.result && weighed.result && chances(gap, now.result, weighed.result);
    for (const kind of ["overshot", "closed", "open"]) {
      const cell = row.querySelector(`.${kind}`);
      cell.textContent = likely ? percent(likely[kind]) : "";
      cell.dataset.chance = likely ? likely[kind] : "";
    }
    draw(row.querySelector("svg"), gap, [[now, "held"], [ticked, "for"], [weighed, "says"]]);
    if (gap.headline) tell(gap, now, ticked, weighed);
  }
}

function fill(cell, gap, {result: shown, why = ""}) {
  cell.textContent = why;
  for (const [name, p] of [["p5", 0.05], ["median", 0.5], ["p95", 0.95]]) {
    cell.dataset[name] = shown ? shown.quantile(p) : "";
  }
  if (!shown) return;
  cell.textContent = figure(gap, shown.quantile(0.5));
  const around = spreadText(gap, shown);
  if (around) {
    const small = document.createElement("small");
    small.textContent = around;
    cell.append(small);
  }
}

function tell(gap, now, ticked, weighed) {
  const said = ({result: shown, why}) => shown ? figure(gap, shown.quantile(0.5)) : why;
  const parts = [`now ${said(now)}`, ...(state.ticked.size ? [`with what is ticked ${said(ticked)}`] : []), `all weighed ${said(weighed)}`];
  $("told").textContent = `${gap.label}: ${parts.join(", ")}`;
}

// Marks on one axis for all gaps of a unit: a line for the middle 90% and a dot for the median, one below the other.
const reaches = new Map();
for (const {gap, row} of rows) {
  const [low, high] = reaches.get(gap.unit) || (gap.unit === "OOM" ? [0, 0] : [Infinity, -Infinity]);
  const ends = row.dataset.reach.split(" ").map(Number).filter(Number.isFinite);
  reaches.set(gap.unit, [Math.min(low, ...ends), Math.max(high, ...ends)]);
}

function draw(svg, gap, drawn) {
  const [low, high] = reaches.get(gap.unit), edge = (high - low) * 0.1 || Math.abs(low) * 0.2 || 1;
  const at = x => Math.min(Math.max((x - low + edge) / (high - low + 2 * edge), 0), 1) * 150 + 5;
  const mark = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const marks = [];
  if (gap.tolerance !== null && low - edge <= 0 && high + edge >= 0) {
    marks.push(mark("rect", {class: "band", x: at(-gap.tolerance), y: 0, width: at(gap.tolerance) - at(-gap.tolerance), height: 30}));
  }
  drawn.forEach(([{result: shown}, kind], place) => {
    if (!shown) return;
    const y = 6 + 9 * place, x1 = at(shown.quantile(0.05)), x2 = at(shown.quantile(0.95));
    marks.push(mark("rect", {class: kind, x: x1, y: y - 1, width: Math.max(x2 - x1, 0), height: 2}));
    marks.push(mark("circle", {class: kind, cx: at(shown.quantile(0.5)), cy: y, r: 4}));
  });
  svg.replaceChildren(...marks);
}

// The controls

let waiting = 0;
function changed(figures) {
  stale ||= figures;
  show();
  const place = written();
  history.replaceState(null, "", place ? `#${place}` : location.pathname + location.search);
  clearTimeout(waiting);
  waiting = setTimeout(workOut, figures ? 100 : 0); // of a figure there may be more to come
}

function show() {
  model.explanations.forEach((each, place) => {
    $(`tick-${place}`).checked = state.ticked.has(place);
    const share = state.plausibilities[place], slider = $(`held-${place}`);
    slider.value = Math.round(share * 100);
    $(`held-${place}-told`).textContent = percent(share);
    slider.setAttribute("aria-valuetext", percent(share));
  });
  if ($("convention")) $("convention").value = state.convention;
  const {counts} = model.conventions[state.convention];
  model.inputs.forEach((input, place) => {
    const field = input && $(`value-${place}`);
    if (!field || field === document.activeElement) return;
    field.value = state.typed.has(place) ? state.typed.get(place).text : input.readings[counts[place]][1];
    wrong(place, "");
  });
  $("reset").disabled = !written();
}

function wrong(place, why) {
  $(`value-${place}-wrong`).textContent = why;
  $(`value-${place}`).setAttribute("aria-invalid", why ? "true" : "false");
}

function tick(place, held) {
  if (held) state.ticked.add(place); else state.ticked.delete(place);
  if (held) for (const pair of model.rivals) if (pair.includes(place)) pair.forEach(other => other === place || state.ticked.delete(other));
}

// In a debate of which one holds at most, the others keep their proportions in what is left.
function hold(place, share) {
  const before = state.plausibilities[place];
  if (model.mode === "exclusive" && share !== before) {
    state.plausibilities = state.plausibilities.map(other =>
      before < 1 ? other * (1 - share) / (1 - before) : (1 - share) / model.hypotheses);
  }
  state.plausibilities[place] = share;
}

// Take a typed value; an empty one is the page's own again.
function take(place, text) {
  const {counts} = model.conventions[state.convention], input = model.inputs[place];
  if (!text.trim() || text.trim() === input.readings[counts[place]][1]) state.typed.delete(place);
  else {
    const reading = input.readings.find(each => each[1] === text.trim());
    state.typed.set(place, {text: text.trim(), shape: reading ? reading[2] : typedValue(text)});
  }
}

model.explanations.forEach((_, place) => {
  $(`tick-${place}`).addEventListener("change", event => { tick(place, event.target.checked); changed(false); });
  $(`held-${place}`).addEventListener("input", event => { hold(place, event.target.value / 100); changed(false); });
});
model.inputs.forEach((input, place) => {
  if (input) $(`value-${place}`).addEventListener("input", event => {
    try { take(place, event.target.value); wrong(place, ""); changed(true); } catch (error) { wrong(place, error.message); }
  });
});
if ($("convention")) $("convention").addEventListener("change", event => { state.convention = Number(event.target.value); changed(true); });
$("reset").addEventListener("click", () => { start(""); changed(true); });

// The address

function written() {
  const told = new URLSearchParams();
  if (state.convention) told.set("by", model.conventions[state.convention].name);
  if (state.ticked.size) told.set("with", [...state.ticked].sort((a, b) => a - b).map(place => model.explanations[place].slug).join(","));
  state.plausibilities.forEach((share, place) => {
    if (share !== asHeld[place]) told.set(`p.${model.explanations[place].slug}`, share);
  });
  for (const [place, {text}] of state.typed) told.set(`v.${model.inputs[place].name}`, text);
  return told.toString();
}

// Begin with what an address says; what this page has not got is told.
function start(fragment) {
  stale = true;
  Object.assign(state, {ticked: new Set(), plausibilities: [...asHeld], typed: new Map(), convention: 0});
  const missed = [];
  const places = slug => model.explanations.findIndex(each => each.slug === slug);
  const entries = [...new URLSearchParams(fragment)].sort(([one], [other]) => (other === "by") - (one === "by"));
  for (const [key, text] of entries) {
    const kind = key.slice(0, 2), name = key.slice(2);
    const place = kind === "v." ? model.inputs.findIndex(each => each && each.name === name) : places(name);
    if (key === "by" && model.conventions.some(each => each.name === text)) {
      state.convention = model.conventions.findIndex(each => each.name === text);
    } else if (key === "with") {
      for (const slug of text.split(",")) if (places(slug) >= 0) tick(places(slug), true); else missed.push(slug);
    } else if (kind === "p." && place >= 0 && text !== "" && Number(text) >= 0 && Number(text) <= 1) {
      state.plausibilities[place] = Number(text);
    } else if (kind === "v." && place >= 0) {
      try { take(place, text); } catch { missed.push(`${name} ${text}`); }
    } else missed.push(key);
  }
  $("missed").textContent = missed.length ? `The address asks for what this page cannot show: ${missed.join("; ")}.` : "";
}

const changing = () => location.hash.includes("=") ? location.hash.slice(1) : null;
addEventListener("hashchange", () => {
  if (changing() !== null) { start(changing()); show(); workOut(); }
  else if (written()) history.replaceState(null, "", `#${written()}`); // a link within the page keeps the view
});
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(each => { each.open = true; }));
for (const each of document.querySelectorAll("[data-needs-script]")) each.hidden = false;
start(changing() || "");
show();
workOut();
if (changing() !== null) $("trying").scrollIntoView();
