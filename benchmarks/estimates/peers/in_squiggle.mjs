// A program in Squiggle. A job as JSON on stdin, the results as JSON on stdout; the first argument is the folder
// that npm installed into.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

function peak() {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

function shape([kind, ...given]) {
  if (kind === "known") return `${given[0]}`;
  if (kind === "coin") return `bernoulli(${given[0]})`;
  if (kind === "uniform" || kind === "beta") return `${kind}(${given.join(", ")})`;
  if (kind === "loguniform") return `exp(uniform(${given.map(Math.log).join(", ")}))`;
  if (kind === "mixture") {
    const weights = given.map(([weight]) => weight).join(", ");
    return `mx(${given.map(([, part]) => shape(part)).join(", ")}, [${weights}])`;
  }
  return `${kind}({p5: ${given[0]}, p95: ${given[1]}})`;
}

function written(program) {
  const lines = Object.entries(program.inputs).map(([name, input]) => `${name} = ${shape(input)}`);
  for (const [name, formula] of program.steps) lines.push(`${name} = ${formula.replaceAll("**", "^")}`);
  const figures = Object.values(program.outputs).map((name) => `[0.05, 0.5, 0.95] -> map({|p| quantile(${name}, p)})`);
  return [...lines, `[${figures.join(", ")}]`].join("\n");
}

function read(output) {
  if (!output.result.ok) throw new Error(output.result.value.toString());
  return output.result.value.result.asJS().map((row) => row.map(Math.log10));
}

const job = JSON.parse(readFileSync(0, "utf8"));
if (job.bare) {
  console.log(JSON.stringify({ peak: peak(), version: process.version }));
} else {
  const folder = join(process.argv[2], "node_modules", "@quri", "squiggle-lang");
  const { run } = await import(pathToFileURL(join(folder, "dist", "index.js")).href);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const figures = [];
  const seconds = [];
  for (const seed of job.seeds) {
    const start = process.hrtime.bigint();
    const environment = { sampleCount: job.samples, xyPointLength: 1000, seed: `${seed}` };
    figures.push(read(await run(written(job.program), { environment })));
    seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  console.log(JSON.stringify({ figures, seconds, peak: peak(), version }));
}
