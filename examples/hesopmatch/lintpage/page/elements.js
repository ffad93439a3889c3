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

// table makes a table of rows of cells, which are texts or elements. The first cell of a row heads it.
function table(caption, heads, rows, classes = "") {
  const head = make("tr", {}, ...heads.map((h) => make("th", { scope: "col", class: "t" }, h)));
  const body = rows.map((cells) => make("tr", {}, ...cells.map((cell, i) =>
    i === 0 ? make("th", { scope: "row" }, cell) : make("td", { class: "t" }, cell))));
  return make("table", { class: classes }, caption.length > 0 && make("caption", {}, ...caption), make("thead", {}, head),
    make("tbody", {}, ...body));
}
