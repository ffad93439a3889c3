"use strict";

// These functions build elements from tags, attributes and text only. Text from a file is never parsed as HTML.

// make makes an element. An attribute whose value is a function becomes an event listener. make skips attributes whose
// value is false or undefined.
function make(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") e.addEventListener(name, value);
    else if (value !== false && value !== undefined) e.setAttribute(name, value === true ? "" : value);
  }
  e.append(...children.filter((child) => child !== false && child !== "" && child !== undefined));
  return e;
}

// byId returns an element of the page.
const byId = (id) => document.getElementById(id);

// number formats a whole number, with commas between thousands.
const number = (n) => n.toLocaleString("en-GB");

// count formats a number with its noun.
const count = (n, one, more = one + "s") => `${number(n)} ${n === 1 ? one : more}`;

// say shows a status message. Screen readers announce it.
function say(text) {
  byId("status").textContent = text;
}

// table makes a table from rows of cells, which are texts or elements. The first cell of a row is its header. The class
// of a cell is the last word of its column's header. The role attributes keep the element a table for screen readers
// when a narrow screen stacks the cells.
function table(heads, rows, name) {
  const classes = heads.map((h) => h.split(" ").at(-1));
  const head = make("tr", { role: "row" }, ...heads.map((h, i) =>
    make("th", { scope: "col", role: "columnheader", class: classes[i] }, h)));
  const body = rows.map((cells) => make("tr", { role: "row" }, ...cells.map((cell, i) => i === 0
    ? make("th", { scope: "row", role: "rowheader", "data-head": heads[i] }, cell)
    : make("td", { role: "cell", class: classes[i], "data-head": heads[i] }, cell))));
  return make("table", { class: name, role: "table" }, make("thead", { role: "rowgroup" }, head),
    make("tbody", { role: "rowgroup" }, ...body));
}

// scrolled puts a table into a region that scrolls sideways and that the keyboard can reach.
const scrolled = (name, ...children) =>
  make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, ...children);
