"use strict";

// Each setting is an option of the program, with its label, its explanation and, if it has words, those and what they
// mean. One without words is a text, a number or a switch.
const SETTINGS = [
  { option: "system", label: "Coding system", words: [
    ["", "as the list states it"], ["icd10", "ICD-10"], ["opcs4", "OPCS-4"],
  ], explains: "The page never guesses it." },
  { option: "descendants", label: "Families", words: [
    ["auto", "auto"], ["always", "always"], ["never", "never"],
  ], explains: "Whether a bare category such as F32 covers all below it; auto: unless the list names some of it." },
  { option: "headings", label: "Headings", words: [
    ["reject", "reject"], ["ignore", "ignore"], ["expand", "expand the ranges"],
  ], explains: "Chapter numbers, and ranges inside which the list names codes." },
  { option: "code-column", label: "Code column", explains: "Its name, if it is not found by the header." },
  { option: "system-column", label: "System column", explains: "Column of the coding systems." },
  { option: "exclude-column", label: "Exclusion column",
    explains: "Column that separates exclusions from inclusions; none: no column does." },
  { option: "exclude-when", label: "Exclusion value",
    explains: "Value of that column that excludes; all others include." },
  { option: "group", label: "Group column", explains: "One list is made of each value of it." },
  { option: "sheet", label: "Sheet", explains: "Of a workbook; all are read if it is empty." },
  { option: "header-row", label: "Header row", kind: "number",
    explains: "Line of the header, below what stands above it." },
  { option: "lenient", label: "Go on without rejected rows", kind: "checkbox" },
  { option: "allow-broad", label: "Broad prefixes", kind: "checkbox", explains: "Of one and two characters." },
  { option: "allow-removals", label: "Read removals", kind: "checkbox",
    explains: "Rows of a list with a column reason_for_removal." },
];

// preset is the value of a setting that nobody changed.
const preset = (s) => s.words ? s.words[0][0] : s.kind === "checkbox" ? false : "";

// presets are the values of all settings.
const presets = () => Object.fromEntries(SETTINGS.map((s) => [s.option, preset(s)]));

// changed are the settings that somebody changed.
const changed = (values) => SETTINGS.filter((s) => values[s.option] !== preset(s));

// optionsOf returns the options of the program for settings, but for the coding system.
function optionsOf(values) {
  return changed(values).filter((s) => s.option !== "system")
    .map((s) => `-${s.option}` + (s.kind === "checkbox" ? "" : `=${values[s.option]}`));
}

// pathOf is what the program calls a file. A path that looks like an option is named such that it is a path.
function pathOf(values, path, needsOption) {
  return path.startsWith("-") && (values.system || needsOption || path.includes("=")) ? `./${path}` : path;
}

// namedFile returns the option that names a file by its coding system. NAME=FILE also names a file that has an equals
// sign.
function namedFile(values, file, needsOption) {
  const path = pathOf(values, file, needsOption);
  if (path.includes("=")) {
    const name = path.split("/").at(-1).replace(/(.)\.[^.]*$/, "$1").replaceAll("=", "-");
    return [`-${values.system || "codelist"}=${name}=${path}`];
  }
  if (values.system) return [`-${values.system}=${path}`];
  return needsOption ? [`-codelist=${path}`] : ["--", path];
}

// makeForm makes the controls of a list. change is called when one of them changed.
function makeForm(id, values, change) {
  const controls = SETTINGS.map((s) => {
    const name = `${id}-${s.option}`;
    const attributes = { id: name, "aria-describedby": s.explains && `${name}-explains` };
    const set = (event) => {
      values[s.option] = s.kind === "checkbox" ? event.target.checked : event.target.value.trim();
      change();
    };
    const control = s.words
      ? make("select", { ...attributes, change: set },
        ...s.words.map(([word, says]) => make("option", { value: word }, says)))
      : make("input", { ...attributes, change: set, type: s.kind || "text", min: s.kind === "number" && "1",
        autocomplete: "off", spellcheck: "false", list: /column|group/.test(s.option) && `${id}-columns` });
    const label = make("label", { for: name }, s.label);
    const parts = s.kind === "checkbox" ? [make("div", { class: "tick" }, control, label)] : [label, control];
    if (s.explains) parts.push(make("small", { id: `${name}-explains` }, s.explains));
    return make("div", { class: "control" }, ...parts);
  });
  return make("form", { class: "controls", submit: (event) => event.preventDefault() }, ...controls,
    make("datalist", { id: `${id}-columns` }));
}

// offerColumns offers the names of columns that the answer has: in quotes in its findings, and those not used.
function offerColumns(id, report, result) {
  const quoted = report.findings.flatMap((f) => [...f.says.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1]));
  const names = new Set([...quoted, ...(result?.columns_not_used || []).map((column) => column.name)]);
  byId(`${id}-columns`).replaceChildren(...[...names].map((name) => make("option", { value: name })));
}

// setControl sets a control of a list, as a person does. Without a value it brings the person there.
function setControl(id, option, value) {
  const control = byId(`${id}-${option}`);
  control.closest("details").open = true;
  if (value === undefined) {
    control.focus();
    return;
  }
  if (control.type === "checkbox") control.checked = value;
  else control.value = value;
  control.dispatchEvent(new Event("change"));
}

// An option in a sentence of the program: in quotes, or in the name of the file, it is part of a file. Its word may
// stand behind it.
const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const optionIn = (name) => new RegExp(String.raw`("(?:[^"\\]|\\.)*"|` + literally(name) + "|" +
  literally(name.replace(/(.)\.[^.]*$/, "$1")) + String.raw`)|(?<![\w-])-(icd10|opcs4|` +
  SETTINGS.map((s) => s.option).join("|") +
  String.raw`)(?![\w-])(?: (auto|always|never|reject|ignore|expand|none)\b)?`, "g");

// withControls puts the controls of the page where a sentence of the program names its options: a button that sets the
// option where the sentence has its word, and else one that leads to it.
function withControls(text, id) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(optionIn(lists.find((list) => list.id === id).path))) {
    const [whole, quoted, option, word] = found;
    if (quoted) continue;
    nodes.push(text.slice(at, found.index), controlFor(id, option, word));
    at = found.index + whole.length;
  }
  return [...nodes, text.slice(at)];
}

function controlFor(id, option, word) {
  const isSystem = option === "icd10" || option === "opcs4";
  const setting = SETTINGS.find((s) => s.option === (isSystem ? "system" : option));
  let value = word;
  if (isSystem) value = option;
  else if (setting.kind === "checkbox") value = true;
  else if (setting.words && !setting.words.some(([w]) => w === word)) value = undefined;
  const shown = isSystem ? setting.words.find(([w]) => w === option)[1] : word;
  const set = () => setControl(id, setting.option, byId(`${id}-${setting.option}`).value === value ? undefined : value);
  return make("button", { type: "button", class: "inline", click: set },
    setting.label + (shown ? `: ${shown}` : ""));
}
