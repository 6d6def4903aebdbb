// Runs a program in Squiggle. The program on stdin, its figures as JSON on stdout: p5, p50 and p95 of every
// distribution; the arguments are the folder that npm installed into, and how many samples to draw.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = join(process.argv[2], "@quri", "squiggle-lang");
const { run } = await import(pathToFileURL(join(folder, "dist", "index.js")).href);
const environment = { sampleCount: Number(process.argv[3]), xyPointLength: 1000, seed: "1" };

function figures(value) {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [key, figures(each)]));
  if (typeof value === "number") return [value, value, value];
  if (value.vtype === "Dict" || value.vType === "Dict") return figures(new Map(Object.entries(value.value)));
  const samples = value.samples ? [...value.samples].sort((a, b) => a - b) : null;
  if (samples === null) return value;
  return [0.05, 0.5, 0.95].map((p) => samples[Math.round(p * samples.length - 0.5)]);
}

const output = await run(readFileSync(0, "utf8"), { environment });
if (!output.result.ok) {
  console.error(output.result.value.toString());
  process.exit(1);
}
console.log(JSON.stringify(figures(output.result.value.result.asJS())));
