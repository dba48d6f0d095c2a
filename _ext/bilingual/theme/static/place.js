// Where the reader stopped: kept while a chapter is read, offered on the root page.
// Uses remember, remembered and currentSection of book.js.
"use strict";

/** A heading's words, without the sign that links to it. */
function headingOf(section) {
  const heading = section?.querySelector(":scope > :is(h1, h2, h3)")?.cloneNode(true);
  heading?.querySelector(".headerlink")?.remove();
  return heading?.textContent.trim() ?? "";
}

function places() {
  try {
    return Object(JSON.parse(remembered("places")));
  } catch {
    return {}; // changed by hand
  }
}

if (document.body.classList.contains("chapter")) {
  const page = location.pathname.split("/").pop();
  let timer = 0;
  const keep = () => {
    const section = currentSection();
    const title = headingOf(document.querySelector("article > section"));
    const names = [title, headingOf(section)].filter(Boolean);
    const place = { page, part: section?.id ?? "", name: names.join(" › ") };
    remember("places", JSON.stringify({ ...places(), [root.lang]: place }));
  };
  // Only once something has been read: who just looks in has stopped nowhere.
  addEventListener(
    "scroll",
    () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 400);
    },
    { passive: true },
  );
} else {
  for (const card of document.querySelectorAll("[data-continue]")) {
    const { page, part, name } = Object(places()[card.lang]);
    if (!/^\w+\.html$/.test(page) || typeof name !== "string") continue;
    const link = document.createElement("a");
    link.href = `chapters/${card.lang}/${page}`;
    link.hash = part;
    link.textContent = card.dataset.continue.replace("{place}", () => name);
    const line = document.createElement("p");
    line.className = "continue";
    line.append(link);
    card.querySelector("[data-language]").before(line);
  }
}
