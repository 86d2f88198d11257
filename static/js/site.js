// Wide screens show the texts at once; phones open them one by one. Everything works without this:
// the style sheet shows folded texts on wide screens too, where the browser can.
(function () {
  "use strict";
  var wide = window.matchMedia("(min-width: 44rem)");
  function unfold() {
    if (!wide.matches) return;
    document.querySelectorAll("details[data-open-wide]:not([open])").forEach(function (details) {
      details.open = true;
    });
  }
  // A link to a folded text opens it.
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var details = target && target.closest("details");
    while (details) {
      details.open = true;
      details = details.parentElement.closest("details");
    }
    if (target) target.scrollIntoView();
  }
  unfold();
  reveal();
  window.addEventListener("hashchange", reveal);
  document.addEventListener("htmx:afterSettle", unfold);
})();
