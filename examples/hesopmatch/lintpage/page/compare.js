"use strict";

// The ids of the two lists to compare, and the number of the latest comparison.
const compared = { a: "", b: "", turn: 0 };

// showCompare shows the choice of two lists and compares them, if the page has two usable lists.
function showCompare() {
  const usable = lists.filter((list) => list.result?.lists.length > 0);
  byId("compare").hidden = usable.length < 2;
  if (usable.length < 2) return;
  for (const which of ["a", "b"]) {
    const other = which === "a" ? "b" : "a";
    if (!usable.some((list) => list.id === compared[which])) {
      compared[which] = usable.find((list) => list.id !== compared[other]).id;
    }
    const choice = byId(`compare-${which}`);
    choice.replaceChildren(...usable.map((list) => make("option", { value: list.id }, list.path)));
    choice.value = compared[which];
    choice.onchange = () => {
      compared[which] = choice.value;
      showCompare();
    };
  }
  const find = (which) => usable.find((list) => list.id === compared[which]);
  compareLists(find("a"), find("b"));
}

// compareLists shows the result of lint -diff for two lists.
async function compareLists(a, b) {
  const turn = ++compared.turn;
  const { says, shows = [] } = await difference(a, b).catch((err) => ({ says: [err.message] }));
  if (turn !== compared.turn) return;
  byId("compared").replaceChildren(...says);
  byId("difference").replaceChildren(...shows);
}

// difference returns a sentence about two lists, and the elements that show how they differ.
async function difference(a, b) {
  if (a === b) return { says: ["Choose two lists."] };
  if (String(optionsOf(a.values)) !== String(optionsOf(b.values))) {
    return { says: ["The two lists are read with different settings. A comparison needs the same settings: change ",
      "them under “How it is read”. The coding system may differ."] };
  }
  const inside = (list, folder) => a.path === b.path ? `${folder}/${list.path}` : list.path;
  const paths = [inside(a, "A"), inside(b, "B")];
  const words = ["lint", "-diff", "-format=json", ...optionsOf(a.values), ...namedFile(a.values, paths[0], true),
    ...namedFile(b.values, paths[1], true)];
  const run = await runProgram(words, [[paths[0], a.data], [paths[1], b.data]]);
  if (run.output.length === 0) {
    return { says: withControls(run.messages.trim().replace(/^lint: /, ""), a.id) };
  }
  const d = JSON.parse(run.text);
  const says = [d.same ? "Both cover the same codes." : "They do not cover the same codes."];
  return { says, shows: showDifference(d, run.messages) };
}

// reachOf returns the coverage and location of a code's entries, in words.
const reachOf = (text = "–") =>
  text.replace(/(^|, )([a-z-]+)(?= \()/g, (all, comma, word) => comma + (COVERAGE[word] || word));

// showDifference returns elements with the codes that only one list covers, and the entries that differ.
function showDifference(d, messages) {
  const nodes = messages.trim().split("\n").filter(Boolean).map((line) => make("p", {}, line));
  const about = [["A", d.a], ["B", d.b]].map(([name, list]) =>
    [name, list.file, number(list.entries), make("code", {}, list.fingerprint)]);
  nodes.push(scrolled("Compared", table(["list", "file", "entries", "fingerprint"], about, "numbers")));
  const only = (name, sets) => {
    for (const system of new Set(sets.map((s) => s.system))) {
      const codes = sets.filter((s) => s.system === system).map((s) => s.codes);
      nodes.push(make("h3", {}, `Covered by ${name} only, ${system}`), make("p", { class: "codes" }, codes.join(", ")));
    }
  };
  only("A", d.covered_by_a_only);
  only("B", d.covered_by_b_only);
  if (d.entries.length > 0) {
    const what = { removed: "only in A", added: "only in B", changed: "changed" };
    const rows = d.entries.map((e) => [e.code, e.system, what[e.what] || e.what, reachOf(e.a), reachOf(e.b)]);
    const shown = rows.slice(0, 500);
    nodes.push(make("h3", {}, "Entries that differ"),
      scrolled("Entries that differ", table(["code", "system", "what", "in A", "in B"], shown, "differ stack")));
    if (rows.length > shown.length) {
      nodes.push(make("p", { class: "rest" }, `and ${number(rows.length - shown.length)} more`));
    }
  }
  return nodes;
}
