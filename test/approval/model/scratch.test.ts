import fc from "fast-check";
import { test } from "vitest";
import { arbitraryHistory, honestHistory } from "./arbitrary.ts";
import { unapplied, violations } from "./promises.ts";
import { replay } from "./replay.ts";
const runs = Number(process.env["RUNS"] ?? 2000);
const seed = Number(process.env["SEED"] ?? 1);
test("search", () => {
  const t = Date.now();
  const r = fc.check(fc.property(arbitraryHistory(), (steps) => { const v = violations(steps).broken; if (v.length) throw new Error(JSON.stringify(v)); }), { numRuns: runs, seed });
  console.log(Date.now() - t, "ms");
  if (r.failed) { console.log(String(r.errorInstance)); for (const s of r.counterexample![0]) console.log(JSON.stringify(s)); }
}, 600000);
test("honest", () => {
  const r = fc.check(fc.property(honestHistory(), (steps) => { const v = unapplied(replay(steps)); if (v.length) throw new Error(JSON.stringify(v)); }), { numRuns: runs, seed });
  if (r.failed) { console.log(String(r.errorInstance)); for (const s of r.counterexample![0]) console.log(JSON.stringify(s)); }
}, 600000);
