/* Minutebook: the lists of actions and decisions. This file is on every page and small; the filters are fetched where there is
 * a list to filter.
 */
function start() {
  const root = document.querySelector(".mb-listing");
  if (!root || root.dataset.ready) return;
  root.dataset.ready = "yes";
  import("./listing/page.js").then(({ show }) => show(root)).catch((error) => {
    root.remove(); // the table and the years stay
    console.warn("The filters could not be loaded.", error);
  });
}

// Material announces each page here, the first one too, and with instant navigation every further one
if (window.document$) window.document$.subscribe(start);
else start();
