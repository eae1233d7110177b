/* Minutebook: the three things that a page cannot do with HTML and CSS alone. Everything else works without this file.
 *
 *   labels    headings of a table are copied to its cells, so that phones can show rows as blocks with labels
 *   citation  following the number of a paragraph or action copies a citation of it
 *   print     the link "Print" prints
 */
(function () {
  "use strict";

  /** Copy each column's heading to its cells. Roles are set because a table that is displayed as blocks loses them. */
  function labelTables() {
    document.querySelectorAll(".mb table").forEach(function (table) {
      var headings = Array.from(table.querySelectorAll("thead th"), function (th) { return th.textContent.trim(); });
      table.setAttribute("role", "table");
      table.querySelectorAll("thead, tbody").forEach(function (group) { group.setAttribute("role", "rowgroup"); });
      table.querySelectorAll("tr").forEach(function (row) { row.setAttribute("role", "row"); });
      table.querySelectorAll("tbody tr").forEach(function (row) {
        Array.from(row.cells).forEach(function (cell, column) {
          cell.setAttribute("role", "cell");
          if (headings[column] && cell.textContent.trim()) cell.setAttribute("data-label", headings[column]);
        });
      });
    });
  }

  /** Say something to everybody, once, without taking the focus. */
  var said, silence;
  function say(words) {
    said.textContent = words;
    clearTimeout(silence);
    silence = setTimeout(function () { said.textContent = ""; }, 2500);
  }

  /** "<title>, paragraph 3.2, <address>": what another document would print. */
  function citation(link) {
    var page = link.closest("[data-citation]");
    var title = (page && page.dataset.citation) || document.title;
    var number = link.dataset.number || link.textContent.trim();
    var place = link.classList.contains("mb-p") ? "paragraph " + number : number.charAt(0).toLowerCase() + number.slice(1);
    return title + ", " + place + ", " + location.origin + location.pathname + link.hash;
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest('a.mb-p, a.mb-ref, a[href="#print"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.getAttribute("href") === "#print") {
      event.preventDefault();
      window.print();
    } else if (navigator.clipboard) {
      navigator.clipboard.writeText(citation(link)).then(function () { say("Citation copied"); }, function () {});
    }
  });

  function start() {
    said = document.querySelector(".mb-said");
    if (!said) {
      said = document.createElement("div");
      said.className = "mb-said";
      said.setAttribute("role", "status");
      said.setAttribute("aria-live", "polite");
      document.body.append(said);
    }
    labelTables();
  }

  // Material announces each page here, the first one too, and with instant navigation every further one
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
