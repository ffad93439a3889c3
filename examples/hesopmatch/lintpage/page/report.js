"use strict";

// The text report of lint, as the program writes it:
//
//	NAME: can be used; please look
//	  warning: what was read and is probably not what was meant
//	    where
//	    → how to settle it
//	  for a protocol:
//	  NAME: 5 entries (ICD-10) from 5 rows of NAME.csv

const PROTOCOL = "  for a protocol:";

// readReport parses the text into the verdict, the findings with their lines and advice, and the summary.
function readReport(text) {
  const lines = text.trimEnd().split("\n");
  const report = { verdict: lines.shift().split(": ").at(-1), findings: [], protocol: "" };
  const end = lines.indexOf(PROTOCOL);
  if (end >= 0) report.protocol = lines.splice(end).slice(1).map((line) => line.replace(/^ {2}/, "")).join("\n");
  for (const line of lines) {
    const [, level, says] = /^ {2}(error|warning|note): (.*)$/s.exec(line) || [];
    const last = report.findings.at(-1);
    if (level) report.findings.push({ level, says, lines: [], advice: "" });
    else if (!last) report.findings.push({ level: "error", says: line.trim(), lines: [], advice: "" });
    else if (line.trim().startsWith("→")) last.advice = line.trim().slice(1).trim();
    else last.lines.push(line.trim());
  }
  return report;
}

// refusedReport makes a report from the messages of a run that wrote no report.
function refusedReport(messages) {
  const says = messages.trim().replace(/^lint: /, "").replace(/ \(-h explains\)$/, "");
  return { verdict: "refused", findings: [{ level: "error", says, lines: [], advice: "" }], protocol: "" };
}

// standingOf returns the class of a verdict, for its colour. The page also shows the verdict in words.
function standingOf(verdict) {
  if (verdict === "can be used") return "good";
  return verdict.startsWith("can be used") ? "look" : "bad";
}

// makeFindings makes the elements for a report's findings. In the texts of the findings, controls of the list replace
// the options that a text names.
function makeFindings(report, id) {
  if (report.findings.length === 0) {
    return make("p", {}, "Nothing is wrong, and no row needs a decision.");
  }
  return make("ul", { class: "findings" }, ...report.findings.map((f) => make("li", { class: f.level },
    make("p", {}, make("b", {}, f.level + ": "), ...withControls(f.says, id)),
    f.lines.length > 0 && make("ul", {}, ...f.lines.map((line) => make("li", {}, line))),
    f.advice && make("p", { class: "advice" }, "To settle it: ", ...withControls(f.advice, id)))));
}
