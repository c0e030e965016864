"use strict";
// The table of releases: searched and sorted in place, and shown a piece at a time.
(() => {
  const table = document.querySelector("#releases table");
  if (!table) return;
  const STEP = 50;
  const plain = words => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const body = table.tBodies[0];
  const rows = [...body.rows].map(row => ({row, words: plain(row.textContent)}));
  const order = new Map(rows.map((one, place) => [one, place]));
  const compare = new Intl.Collator("en", {numeric: true}).compare;
  const form = document.getElementById("searching");
  const field = document.getElementById("search");
  const found = document.getElementById("found");
  const next = document.createElement("button");
  next.type = "button";
  next.className = "next";
  table.after(next);
  let shown = STEP;

  const number = count => count.toLocaleString("en");
  const show = () => {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    let matching = 0;
    for (const {row, words} of rows) {
      const fits = wanted.every(word => words.includes(word));
      row.hidden = !fits || matching >= shown;
      matching += fits;
    }
    const seen = Math.min(matching, shown);
    const of = wanted.length ? `${number(matching)} found` : number(matching);
    found.value = seen < matching ? `${number(seen)} of ${of} shown` : `${of}, all shown`;
    if (!matching) found.value = "None found";
    next.hidden = seen === matching;
    next.textContent = `Show ${number(Math.min(STEP, matching - seen))} more`;
  };
  const sort = (column, down) => {
    const key = one => one.row.cells[column].textContent;
    const way = down ? -1 : 1;
    rows.sort((a, b) => way * compare(key(a), key(b)) || order.get(a) - order.get(b));
    body.append(...rows.map(one => one.row));
    table.caption.textContent = column
      ? `By ${heads[column].textContent.toLowerCase()}, ${down ? "Z to A" : "A to Z"}`
      : down ? "Newest first" : "Oldest first";
    heads.forEach((head, place) =>
      place === column
        ? head.setAttribute("aria-sort", down ? "descending" : "ascending")
        : head.removeAttribute("aria-sort"));
    show();
  };

  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(column, now ? now === "ascending" : column === 0);
    });
  });
  heads[0].setAttribute("aria-sort", "descending");
  field.addEventListener("input", () => { shown = STEP; show(); });
  form.addEventListener("submit", event => event.preventDefault());
  next.addEventListener("click", () => {
    const first = rows.filter(one => !one.row.hidden).length;
    shown += STEP;
    show();
    rows.filter(one => !one.row.hidden)[first]?.row.querySelector("a")?.focus();
  });
  form.hidden = false;
  show();
})();
