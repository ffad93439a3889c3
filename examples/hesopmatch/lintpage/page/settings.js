"use strict";

// Each setting is an option of the program, with its label and its explanation. If a setting accepts only certain
// words, these words and their meanings follow. Any other setting is a text, a number or a switch.
const SETTINGS = [
  { option: "system", label: "Coding system", words: [
    ["", "as the list states it"], ["icd10", "ICD-10"], ["opcs4", "OPCS-4"],
  ], explains: "The page never guesses it." },
  { option: "descendants", label: "Families", words: [
    ["auto", "auto"], ["always", "always"], ["never", "never"],
  ], explains: "Whether a bare category such as F32 covers all codes below it; auto: unless the list names some of " +
    "them." },
  { option: "headings", label: "Headings", words: [
    ["reject", "reject"], ["ignore", "ignore"], ["expand", "expand the ranges"],
  ], explains: "What to do with chapter numbers, and with ranges inside which the list names codes." },
  { option: "code-column", label: "Code column", explains: "Its name, if the header does not identify it." },
  { option: "system-column", label: "System column", explains: "Column that holds the coding systems." },
  { option: "exclude-column", label: "Exclusion column",
    explains: "Column that marks exclusions; none: no column does." },
  { option: "exclude-when", label: "Exclusion value",
    explains: "Value of that column that marks an exclusion; any other, except the word exclude, is an inclusion." },
  { option: "group", label: "Group column", explains: "Makes one list for each of its values." },
  { option: "sheet", label: "Sheet", explains: "Sheet of a workbook; if empty, all sheets are read." },
  { option: "header-row", label: "Header row", kind: "number",
    explains: "Line of the header, for a table with other text above it." },
  { option: "lenient", label: "Continue without rejected rows", kind: "checkbox" },
  { option: "allow-broad", label: "Broad prefixes", kind: "checkbox", explains: "Prefixes of one or two characters." },
  { option: "allow-removals", label: "Read removals", kind: "checkbox",
    explains: "Rows of a list that has a column reason_for_removal." },
];

// preset returns the default value of a setting.
const preset = (s) => s.words ? s.words[0][0] : s.kind === "checkbox" ? false : "";

// presets returns the default values of all settings.
const presets = () => Object.fromEntries(SETTINGS.map((s) => [s.option, preset(s)]));

// changed returns the settings that do not have their default value.
const changed = (values) => SETTINGS.filter((s) => values[s.option] !== preset(s));

// optionsOf returns the options of the program for settings, without the coding system.
function optionsOf(values) {
  return changed(values).filter((s) => s.option !== "system")
    .map((s) => `-${s.option}` + (s.kind === "checkbox" ? "" : `=${values[s.option]}`));
}

// pathOf returns the argument for a file. It prefixes ./ to a path that looks like an option.
function pathOf(values, path, needsOption) {
  return path.startsWith("-") && (values.system || needsOption || path.includes("=")) ? `./${path}` : path;
}

// namedFile returns the arguments that name a file, with its coding system if that is set. A file with an equals sign
// in its name needs the form NAME=FILE.
function namedFile(values, file, needsOption) {
  const path = pathOf(values, file, needsOption);
  if (path.includes("=")) {
    const name = path.split("/").at(-1).replace(/(.)\.[^.]*$/, "$1").replaceAll("=", "-");
    return [`-${values.system || "codelist"}=${name}=${path}`];
  }
  if (values.system) return [`-${values.system}=${path}`];
  return needsOption ? [`-codelist=${path}`] : ["--", path];
}

// makeForm makes the controls of a list. Whenever a control changes, it calls change().
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

// offerColumns offers the column names in the answer for a list: those quoted in the findings, and those of columns
// that were not used.
function offerColumns(id, report, result) {
  const quoted = report.findings.flatMap((f) => [...f.says.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1]));
  const names = new Set([...quoted, ...(result?.columns_not_used || []).map((column) => column.name)]);
  byId(`${id}-columns`).replaceChildren(...[...names].map((name) => make("option", { value: name })));
}

// setControl sets a control of a list, as a user does. Without a value it only moves the focus to the control.
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

// literally escapes a text for a regular expression.
const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// optionIn matches an option in a sentence of the program, and the option's word if one follows. It also matches quoted
// text and the name of the file, which may contain text that looks like an option.
const optionIn = (name) => new RegExp(String.raw`("(?:[^"\\]|\\.)*"|` + literally(name) + "|" +
  literally(name.replace(/(.)\.[^.]*$/, "$1")) + String.raw`)|(?<![\w-])-(icd10|opcs4|` +
  SETTINGS.map((s) => s.option).join("|") +
  String.raw`)(?![\w-])(?: (auto|always|never|reject|ignore|expand|none)\b)?`, "g");

// withControls replaces the options in a sentence of the program by controls of the page: a button that sets the option
// if the sentence gives a word for it, and otherwise a button that leads to the control.
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
