"use strict";

// Elements are made of tags, attributes and text alone: what comes from a file is never read as HTML.

// make makes an element. Attributes that are functions are called on events; false and undefined ones are left away.
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

// number writes a whole number as people read it.
const number = (n) => n.toLocaleString("en-GB");

// count writes how many of something there are.
const count = (n, one, more = one + "s") => `${number(n)} ${n === 1 ? one : more}`;

// say tells what happened, to screen readers too.
function say(text) {
  byId("status").textContent = text;
}

// table makes a table of rows of cells, which are texts or elements. The first cell of a row heads it. The class of a
// cell is the last word of its column's head. The roles stay where a narrow screen has no room for columns.
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

// scrolled puts a table where it can be wider than the page, within the reach of the keyboard.
const scrolled = (name, ...children) =>
  make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, ...children);
