// The search dialog: what find.js finds, shown while a reader types.
//
// The query is kept in the history entry of its page, so that going back from a result shows the
// results again. It is not kept once the dialog is closed.
"use strict";

(() => {
  const dialog = document.getElementById("search");
  const input = document.getElementById("search-words");
  const list = dialog.querySelector(".search-results");
  const count = dialog.querySelector(".search-count");
  const hints = dialog.querySelector(".search-hints");
  const MOST = 30;
  const root = document.body.dataset.root;

  // Script elements, because browsers do not fetch files from disk.
  function loadScript(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${root}_static/${name}.js`;
      script.async = false;
      script.onload = resolve;
      script.onerror = () => {
        script.remove();
        reject(new Error(script.src));
      };
      document.head.append(script);
    });
  }
  let loading;
  function load() {
    loading ??= Promise.all(
      ["near", "find", `search-${document.documentElement.lang}`].map(loadScript),
    ).catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  function make(tag, ...content) {
    const element = document.createElement(tag);
    element.append(...content);
    return element;
  }

  function excerpt(found) {
    const { code, pieces } = window.bookSearch.excerpt(found);
    const words = pieces.map(([text, marked]) => (marked ? make("mark", text) : text));
    return make("p", ...(code ? [make("code", ...words)] : words));
  }

  function result(found) {
    const { section } = found;
    const link = make("a", make("strong", section.title));
    // The words in the address: the page that opens marks them (marks.js).
    const [page, id] = section.address.split("#");
    const marks = new URLSearchParams(
      window.bookSearch.markedWords(found).map((word) => ["mark", word]),
    );
    link.href = `${root}${page}?${marks}${id ? `#${id}` : ""}`;
    if (!section.isPage) link.append(" ", make("small", section.page));
    link.append(excerpt(found));
    link.addEventListener("click", keep);
    return make("li", link);
  }

  function said(found, instead) {
    if (!found.length) return dialog.dataset.empty;
    const shown = found.length > MOST ? dialog.dataset.shown : dialog.dataset.count;
    const line = shown.replace("{n}", found.length).replace("{shown}", MOST);
    if (!instead.length) return line;
    return `${dialog.dataset.instead.replace("{words}", instead.map(([, word]) => word).join(", "))} ${line}`;
  }

  async function show() {
    const query = input.value;
    hints.hidden = Boolean(query.trim());
    if (!query.trim()) {
      list.replaceChildren();
      count.textContent = "";
      return;
    }
    try {
      await load();
    } catch {
      count.textContent = dialog.dataset.failed;
      return;
    }
    if (query !== input.value) return; // typed on meanwhile
    const { found, instead } = window.bookSearch.find(window.bookIndex, query);
    list.replaceChildren(...found.slice(0, MOST).map(result));
    count.textContent = said(found, instead);
  }

  // ---- the history entry of this page
  function note(query, address) {
    const state = { ...history.state, query };
    try {
      history.replaceState(state, "", address);
    } catch {
      // a browser that lets no page from a disk change its address
      history.replaceState(state, "");
    }
  }
  function keep() {
    note(input.value);
    // To another part of this very page: its entry in the history is a new one.
    setTimeout(() => dialog.close());
  }
  function forget() {
    const address = new URL(location.href);
    address.searchParams.delete("q");
    note(null, address.href);
  }
  function asked() {
    const kept = history.state?.query;
    return kept !== undefined ? kept : new URLSearchParams(location.search).get("q");
  }

  function open(query) {
    if (query !== undefined) input.value = query.slice(0, input.maxLength);
    if (!dialog.open) dialog.showModal();
    input.select();
    load().catch(() => {}); // show() says so
    show();
  }
  function close() {
    dialog.close();
    forget();
  }

  document.getElementById("open-search").addEventListener("click", () => open());
  document.getElementById("close-search").addEventListener("click", close);
  dialog.addEventListener("cancel", forget); // the browser's own way of closing a dialog
  input.addEventListener("input", show);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
    const example = event.target.closest("[data-example]");
    if (example) open(example.dataset.example);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if ((slash || k) && !dialog.open) {
      event.preventDefault();
      open();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    const links = [
      ...dialog.querySelectorAll(".search-results a, .search-hints:not([hidden]) :is(a, button)"),
    ];
    const here = links.indexOf(document.activeElement);
    // A search field would only empty itself first.
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" && here + 1 < links.length) links[here + 1].focus();
    else if (event.key === "ArrowUp" && here > 0) links[here - 1].focus();
    else if (event.key === "ArrowUp" && here === 0) input.focus();
    else if (
      event.key === "Enter" &&
      document.activeElement === input &&
      !event.isComposing &&
      list.children.length
    )
      links[0].click();
    else return;
    event.preventDefault();
  });

  // chapters/ko/01_one_hot.html?q=벡터 opens with the search made, as does the way back to it.
  const reopen = () => {
    const query = asked();
    if (query !== null && !dialog.open) open(query);
  };
  addEventListener("pageshow", reopen);
  addEventListener("popstate", reopen);
})();
