// Keeps in `window.trouble` what a page complains about; stands first in every page that is tested.
window.trouble = [];
(() => {
  const keep = (kind, text) => window.trouble.push(`${kind}: ${text}`);
  addEventListener("error", (event) => {
    keep("error", event.message ?? `${event.target.tagName} ${event.target.src ?? event.target.href}`);
  }, true);
  addEventListener("unhandledrejection", (event) => keep("rejection", event.reason));
  document.addEventListener("securitypolicyviolation", (event) => {
    keep("policy", `${event.effectiveDirective} ${event.blockedURI}`);
  });
  for (const level of ["error", "warn"]) {
    const said = console[level];
    console[level] = (...words) => {
      keep(level, words.join(" "));
      said.apply(console, words);
    };
  }
})();
