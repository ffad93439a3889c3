"use strict";

// The page refuses files larger than this: the report on their rows may not fit into a browser's memory.
const MOST_BYTES = 16 << 20;

// The lists of the page, in the order in which they were added.
const lists = [];
let lastList = 0;

// wordsOf returns the arguments for reading a list with its settings.
const wordsOf = (list, needsOption = false) =>
  [...optionsOf(list.values), ...namedFile(list.values, list.path, needsOption)];

// addList adds a file and reads it.
function addList(file) {
  const list = { id: `list-${++lastList}`, path: file.name, values: presets(), turn: 0, data: null, file, json: null };
  list.files = () => [[list.path, list.data]];
  const title = make("h2", { id: `${list.id}-title`, tabindex: "-1" }, file.name);
  const form = makeForm(list.id, list.values, () => readList(list));
  list.title = title;
  list.found = make("div");
  list.how = make("summary", {}, "How it is read");
  list.settings = make("details", {}, list.how, form);
  list.more = make("div");
  list.section = make("section", { id: list.id, "aria-labelledby": title.id }, title, list.found, list.settings,
    list.more);
  byId("reports").append(list.section);
  lists.push(list);
  return readList(list);
}

// readList runs lint on a list, and shows the answer unless a newer run has begun.
async function readList(list) {
  const turn = ++list.turn;
  list.report = null;
  list.title.replaceChildren(list.path + ": reading ...");
  // The buttons would save files made with the old settings.
  for (const button of list.more.querySelectorAll(".saves button")) button.disabled = true;
  say(`Reading ${list.path} ...`);
  showOverview();
  let answer;
  try {
    answer = await lint(list);
  } catch (err) {
    const why = err instanceof DOMException ? "it may be a folder, or have been moved or changed: choose it again"
      : "the program hesopmatch can: it needs less memory";
    const says = `${list.path}: this browser cannot read it (${err.message}); ${why}`;
    answer = { report: refusedReport(says), json: null, result: null };
  }
  if (turn !== list.turn) return;
  Object.assign(list, answer);
  showList(list);
  showOverview();
  showCompare();
  say(`${list.path}: ${list.report.verdict}.`);
}

// lint runs the program twice: for the report as JSON, and for the report as text.
async function lint(list) {
  if (list.file.size > MOST_BYTES) {
    const size = Math.ceil(list.file.size / (1 << 20));
    throw new Error(`it is ${number(size)} MiB; the limit of this page is ${MOST_BYTES >> 20}`);
  }
  list.data ??= new Uint8Array(await list.file.arrayBuffer());
  const json = await runProgram(["lint", "-format=json", ...wordsOf(list)], list.files());
  if (json.output.length === 0) return { report: refusedReport(json.messages), json: null, result: null };
  const text = await runProgram(["lint", "-format=text", ...wordsOf(list)], list.files());
  const report = readReport(text.text);
  return { report, json: json.output, result: JSON.parse(json.text).files[0] };
}

// showList shows the answer for a list.
function showList(list) {
  const wasInside = list.found.contains(document.activeElement) || list.more.contains(document.activeElement);
  const { report, result } = list;
  list.title.replaceChildren(list.path + ": ", make("span", { class: standingOf(report.verdict) }, report.verdict));
  list.found.replaceChildren(makeFindings(report, list.id));
  if (report.findings.some((f) => f.says.includes("no coding system stated"))) list.found.prepend(askSystem(list));
  if (result?.lists.some((l) => l.decided_by_policy.length > 0)) {
    list.found.append(make("p", { class: "rest help" }, make("a", { href: "#family" }, "What a family is")));
  }
  const given = changed(list.values).map((s) =>
    s.kind === "checkbox" ? s.label : `${s.label}: ${list.values[s.option]}`);
  list.how.textContent = "How it is read: " + (given.join(", ") || "nothing changed");
  offerColumns(list.id, report, result);
  list.more.replaceChildren();
  if (result && !result.refused) {
    list.more.append(makeNumbers(result), make("h3", {}, "Rows"), makeRows(list.id, result.rows),
      makeProtocol(report.protocol), makeSaves(list));
  }
  if (wasInside) list.title.focus();
}

// askSystem asks for the coding system of a list that does not state it.
function askSystem(list) {
  const button = (word, text) =>
    make("button", { type: "button", click: () => setControl(list.id, "system", word) }, text);
  return make("div", { class: "box" }, make("p", {}, "The list does not state its coding system. Which one is it in?"),
    make("div", { class: "bar" }, button("icd10", "ICD-10"), button("opcs4", "OPCS-4")));
}

// makeNumbers shows how many rows have each verdict: in large type for one list, and in a table for several lists.
function makeNumbers(result) {
  if (result.lists.length === 1) {
    const [l] = result.lists;
    const pair = (term, value, wide) =>
      make("div", { class: wide && "wide" }, make("dt", {}, term), make("dd", {}, value));
    return make("dl", { class: "stats" }, pair("entries", number(l.entries)), pair("rows", number(l.rows.read)),
      ...VERDICTS.map((v) => pair(v, number(l.rows[v]))), pair("fingerprint", make("code", {}, l.fingerprint), true));
  }
  const rows = result.lists.map((l) => [l.name, number(l.entries), number(l.rows.read),
    ...VERDICTS.map((v) => number(l.rows[v])), make("code", {}, l.fingerprint)]);
  return scrolled("Numbers", table(["list", "entries", "rows", ...VERDICTS, "fingerprint"], rows, "numbers"));
}

// showOverview shows the lists and their verdicts.
function showOverview() {
  byId("overview").hidden = lists.length === 0;
  const at = [...byId("overview").querySelectorAll("a, button")].indexOf(document.activeElement);
  const rows = lists.map((list) => [
    make("a", { href: `#${list.id}` }, list.path),
    list.report ? make("span", { class: standingOf(list.report.verdict) }, list.report.verdict) : "reading ...",
    list.result?.lists.length ? number(list.result.lists.reduce((n, l) => n + l.entries, 0)) : "–",
    make("button", { type: "button", "aria-label": `Remove ${list.path}`, click: () => removeList(list) }, "Remove"),
  ]);
  byId("overview").replaceChildren(make("h2", {}, toldOf(lists)),
    table(["file", "verdict", "entries", ""], rows, "overview"));
  byId("overview").querySelectorAll("a, button")[at]?.focus();
}

// toldOf returns a text with the number of lists and the number of lists that cannot be used.
function toldOf(some) {
  const bad = some.filter((list) => list.report && standingOf(list.report.verdict) === "bad").length;
  if (bad === 0) return count(some.length, "list");
  return some.length === 1 ? "1 list, which cannot be used as it is"
    : `${number(some.length)} lists, ${number(bad)} of which cannot be used as they are`;
}

function removeList(list) {
  list.turn++;
  lists.splice(lists.indexOf(list), 1);
  list.section.remove();
  showOverview();
  showCompare();
  say(`${list.path} was removed from the page.`);
  byId("files").focus();
}
