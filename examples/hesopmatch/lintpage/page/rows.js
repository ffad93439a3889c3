"use strict";

const ROWS_SHOWN = 50;

const VERDICTS = ["accepted", "repaired", "duplicate", "ignored", "rejected"];

// What an entry covers, in words.
const COVERAGE = {
  exact: "this code alone", descendants: "with all codes below it",
  "exclude-exact": "excludes this code alone", "exclude-descendants": "excludes it with all codes below it",
};

// reasonOf returns the reason for a row's verdict and the notes about its entry. The result may contain text from the
// file.
const reasonOf = (row) => [row.reason, ...(row.notes || []), row.unknown].filter(Boolean).join("; ");

// makeRows makes the table of rows. It shows 50 rows at a time, because a browser is slow with 50,000.
function makeRows(id, rows) {
  let shown = rows;
  let from = 0;
  const region = scrolled("Rows of the list");
  const where = make("p", { class: "where", role: "status" });
  const hasSheets = rows.some((row) => row.sheet);
  const hasLists = new Set(rows.map((row) => row.list)).size > 1;

  const cellsOf = (row) => [
    number(row.line), ...(hasSheets ? [row.sheet || ""] : []), ...(hasLists ? [row.list || ""] : []), row.raw,
    row.code || "–", row.coverage ? COVERAGE[row.coverage] || row.coverage : "–", row.term || "", row.verdict,
    make("span", {}, reasonOf(row), ...(row.advice ? [" → ", ...withControls(row.advice, id)] : [])),
  ];
  const heads = ["line", ...(hasSheets ? ["sheet"] : []), ...(hasLists ? ["list"] : []), "as written", "code", "covers",
    "term", "verdict", "why"];

  const show = (start) => {
    from = Math.max(0, Math.min(start, Math.floor((shown.length - 1) / ROWS_SHOWN) * ROWS_SHOWN));
    const page = shown.slice(from, from + ROWS_SHOWN);
    where.textContent = shown.length === 0 ? "No row has this verdict."
      : `Rows ${number(from + 1)} to ${number(from + page.length)} of ${number(shown.length)}`;
    region.replaceChildren(table(heads, page.map(cellsOf), "rows stack"));
    region.scrollTop = 0;
    back.disabled = from === 0;
    on.disabled = from + ROWS_SHOWN >= shown.length;
    back.hidden = on.hidden = shown.length <= ROWS_SHOWN;
  };
  const back = make("button", { type: "button", click: () => show(from - ROWS_SHOWN) }, "Previous rows");
  const on = make("button", { type: "button", click: () => show(from + ROWS_SHOWN) }, "Next rows");

  const choice = make("select", { id: `${id}-verdict`, change: () => {
    shown = choice.value ? rows.filter((row) => row.verdict === choice.value) : rows;
    show(0);
  } }, make("option", { value: "" }, `all (${number(rows.length)})`), ...VERDICTS.map((verdict) => {
    const n = rows.filter((row) => row.verdict === verdict).length;
    return n > 0 && make("option", { value: verdict }, `${verdict} (${number(n)})`);
  }));
  show(0);
  return make("div", {}, make("div", { class: "bar" },
    make("label", { for: `${id}-verdict` }, "Verdict"), choice, back, on, where), region);
}
