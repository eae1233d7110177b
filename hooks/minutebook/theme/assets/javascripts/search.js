/* Minutebook: the search boxes. This file is on every page and small; what searches is fetched when a reader reaches for it.
 *
 *   /  Ctrl-K  ⌘K    go to the search box, from anywhere on the page
 *
 * Without scripts a box is a form that leads to the page of the search, which says where to look instead.
 */
const boxes = () => document.querySelectorAll(".mb-box");

/** Whether somebody is writing, so that "/" is a sign and no shortcut. */
function writing(element) {
  return element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);
}

document.addEventListener("keydown", (event) => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !writing(event.target);
  const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!slash && !k) return;
  // the box of the page comes before the one in the header
  const input = document.querySelector(".mb-box--page input, .mb-box--home input") || document.querySelector(".mb-box input");
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.select();
});

async function reach(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = "yes";
  const { suggest } = await import("./search/box.js");
  suggest(form);
}

/** Mark the words of a search that led here. */
async function markWords() {
  try {
    if (!localStorage.getItem("minutebook-marks")) return;
  } catch {
    return; // a browser that keeps nothing
  }
  const { left, show } = await import("./search/marks.js");
  show(left());
}

/** What an address asks stands in the box before all that answers it is there. */
function underWay(page) {
  const input = page.querySelector("input[type=search]"), said = page.querySelector("[role=status]");
  if (!location.search || input.value) return;
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  said.textContent = "Searching …";
}

function start() {
  markWords();
  const page = document.querySelector(".mb-search");
  if (page && !page.dataset.ready) {
    page.dataset.ready = "yes";
    underWay(page);
    import("./search/page.js").then(({ show }) => show(page), () => {
      page.querySelector("[role=status]").textContent = "The search could not be loaded. Check the connection and try again.";
    });
  }
  for (const form of boxes()) {
    if (page && form.classList.contains("mb-box--page")) continue; // its results are the page
    for (const sign of ["focusin", "pointerenter"]) form.addEventListener(sign, () => reach(form), { once: true });
    if (form.contains(document.activeElement)) reach(form);
  }
}

// Material announces each page here, the first one too, and with instant navigation every further one
if (window.document$) window.document$.subscribe(start);
else start();
