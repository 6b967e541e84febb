// What the pages do beyond links and forms. No inline handlers: everything hangs on data attributes.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/* keys: a link or button with data-key is pressed by that key, unless somebody is typing */
const typing = (element) => element.closest("input, textarea:not([readonly]), select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  const dialog = $("dialog[open]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form");
    if (form && ($("[data-save]", form) || event.target.matches("[data-submit-on-enter]"))) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || dialog) return;
  if (typing(event.target) && event.key !== "Escape" && event.target.type !== "checkbox") return;
  const menu = $("details.menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    $("summary", menu).focus();
    return;
  }
  if (event.key === "Escape" && typing(event.target) && !$("[data-save]")) return event.target.blur();
  if (event.key === "n" && nextMark()) return event.preventDefault();
  if ((event.key === "j" || event.key === "k") && stepRows(event.key === "j" ? 1 : -1)) return event.preventDefault();
  const target = all("[data-key]").find((element) => element.dataset.key === event.key && element.checkVisibility());
  if (target) {
    event.preventDefault();
    target.click();
  }
});

function stepRows(step) {
  const rows = all("[data-rows] a.row");
  if (!rows.length) return false;
  const at = rows.indexOf(document.activeElement);
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function nextMark() {
  const marks = all(".text-card mark[tabindex]");
  if (!marks.length) return false;
  marks[(marks.indexOf(document.activeElement) + 1) % marks.length].focus();
  return true;
}

/* on a narrow screen the tab that is open may lie beyond the edge of its bar */
function showTabs() {
  for (const tab of all(".tabs [aria-current], .subtabs [aria-current], .chips [aria-current]")) {
    const bar = tab.parentElement;
    bar.scrollLeft += tab.getBoundingClientRect().left - bar.getBoundingClientRect().left - (bar.clientWidth - tab.offsetWidth) / 2;
  }
}
showTabs();
window.addEventListener("resize", showTabs);

/* a table that is folded on a phone says of each cell what its column says */
for (const table of all("table.folds")) {
  const heads = all("thead th", table).map((head) => head.textContent.trim());
  for (const row of all("tbody tr", table)) {
    [...row.cells].forEach((cell, at) => { if (at && heads[at] && cell.colSpan === 1) cell.dataset.label = heads[at]; });
  }
}

/* dialogs */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog").close();
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

/* filters apply as soon as something is chosen */
for (const form of all("form[data-autosubmit]")) {
  form.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", () => {
    for (const field of all("select, input", form)) if (!field.value) field.disabled = true;
  });
}

/* a span and what is known of it light up together */
function light(ids, on) {
  for (const note of all("[data-note]")) {
    const is = on && ids.includes(note.dataset.note);
    note.classList.toggle("lit", is);
    if (is) note.closest("details")?.setAttribute("open", "");
  }
  for (const mark of all("mark[data-notes]")) {
    mark.classList.toggle("lit", on && mark.dataset.notes.split(" ").some((id) => ids.includes(id)));
  }
}
for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  const seen = (event) => event.target.closest?.("mark[data-notes], [data-note]");
  const ids = (element) => (element.dataset.notes || element.dataset.note).split(" ");
  document.addEventListener(enter, (event) => {
    const element = seen(event);
    if (!element) return;
    light(ids(element), true);
    if (enter === "focusin" && element.matches("mark")) {
      document.getElementById(ids(element)[0])?.scrollIntoView({ block: "nearest" });
    }
  });
  document.addEventListener(leave, (event) => { const element = seen(event); if (element) light(ids(element), false); });
}

/* reading time: only while the page is seen and somebody moves, per text, until a decision is sent */
const IDLE_SECONDS = 45;
const clock = $("[data-clock]");
if (clock) {
  const key = `seconds ${clock.dataset.piece}`;
  const corrected = `corrected ${clock.dataset.piece}`;
  const minutes = $("[data-minutes]");
  let moved = Date.now();
  const seconds = () => Number(sessionStorage.getItem(key) || 0);
  const show = () => {
    const s = Math.round(seconds());
    clock.textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
    if (minutes && document.activeElement !== minutes) minutes.value = (s / 60).toFixed(1);
  };
  for (const name of ["pointermove", "keydown", "scroll", "pointerdown", "touchmove"]) {
    document.addEventListener(name, () => { moved = Date.now(); }, { passive: true });
  }
  setInterval(() => {
    if (sessionStorage.getItem(corrected) || document.hidden || Date.now() - moved > IDLE_SECONDS * 1000) return;
    sessionStorage.setItem(key, seconds() + 1);
    show();
  }, 1000);
  minutes?.addEventListener("input", () => {
    const given = Number(minutes.value.replace(",", "."));
    minutes.setAttribute("aria-invalid", String(!(given >= 0)));
    if (!(given >= 0)) return;
    sessionStorage.setItem(key, given * 60);
    sessionStorage.setItem(corrected, "1");
    show();
  });
  for (const form of all("form[data-measured]")) {
    form.addEventListener("submit", () => {
      form.elements.seconds.value = Math.round(seconds());
      form.dataset.sent = "1";
      if (!form.dataset.unsaved) { sessionStorage.removeItem(key); sessionStorage.removeItem(corrected); }
    });
  }
  show();
}

/* a form is sent once: who presses again while the answer is on its way has pressed once; when none comes (Esc, an
   answer without a page) the form can be sent again after a while */
const BUSY_SECONDS = 15;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.hasAttribute("aria-busy")) return event.preventDefault();
  form.setAttribute("aria-busy", "true");
  setTimeout(() => form.removeAttribute("aria-busy"), BUSY_SECONDS * 1000);
});
window.addEventListener("pageshow", () => { for (const form of all("form[aria-busy]")) form.removeAttribute("aria-busy"); });

/* what a reviewer reads for is theirs to say; while the tab is open it is not asked again for each text */
for (const box of all("input[data-remembered]")) {
  box.checked = sessionStorage.getItem(box.name) === "1";
  box.addEventListener("change", () => sessionStorage.setItem(box.name, box.checked ? "1" : "0"));
}

/* coding: a code takes the passage that is selected, counted in characters as the server counts them */
const said = $("textarea[data-said]");
if (said) {
  const counted = (end) => [...said.value.slice(0, end)].length;
  for (const box of all("input[data-code]")) {
    box.addEventListener("change", () => {
      const { selectionStart: start, selectionEnd: end } = said;
      const takes = box.checked && end > start;
      said.form.elements[`span.${box.value}`].value = takes ? `${counted(start)}-${counted(end)}` : "";
      const quote = $("[data-quote]", box.closest("label"));
      quote.textContent = takes ? said.value.slice(start, end) : "";
      quote.hidden = !takes;
    });
  }
  /* browsers move no caret in a text that cannot be edited: arrows choose a word, with Shift one more or one less */
  const words = [...said.value.matchAll(/\S+/g)].map((word) => [word.index, word.index + word[0].length]);
  said.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Enter") {
      event.preventDefault();
      said.form.requestSubmit();
    } else if (step && words.length) {
      event.preventDefault();
      const { selectionStart: start, selectionEnd: end } = said;
      const within = (index) => Math.max(0, Math.min(words.length - 1, index));
      let first = within(words.findIndex(([, stop]) => stop > start));
      let last = end > start ? within(words.findLastIndex(([begin]) => begin < end)) : first;
      if (event.shiftKey) last = Math.max(first, within(last + step));
      else if (end > start) first = last = within((step > 0 ? last : first) + step);
      said.setSelectionRange(words[first][0], words[last][1]);
    }
  });
}

/* what is typed stays in this tab until it is saved or given up: neither a session that ended nor a studio that was
   started again loses it. What it was typed over is kept with it, so that a collision is still seen. */
const DRAFT = "draft:";
const drafts = () => Object.keys(sessionStorage).filter((key) => key.startsWith(DRAFT));
const fieldsOf = (form) => all("textarea[name], input[name]", form)
  .filter((field) => field.type !== "checkbox" && (field.type !== "hidden" || ["version", "digest"].includes(field.name)));
const keep = (form, sent) => sessionStorage.setItem(DRAFT + form.getAttribute("action"),
  JSON.stringify({ sent, fields: fieldsOf(form).map((field) => [field.name, field.value]) }));
const isSaved = (key) => JSON.parse(sessionStorage.getItem(key)).sent && location.pathname.split("/").length > 2
  && key.startsWith(DRAFT + location.pathname);
if ($(".flash")) for (const key of drafts().filter(isSaved)) sessionStorage.removeItem(key);
for (const form of all("form[data-unsaved]")) {
  const key = DRAFT + form.getAttribute("action");
  const kept = new Map(JSON.parse(sessionStorage.getItem(key) || '{"fields": []}').fields);
  const other = fieldsOf(form).filter((field) => kept.has(field.name) && kept.get(field.name) !== field.value);
  if (other.some((field) => field.type !== "hidden")) {
    for (const field of other) field.value = kept.get(field.name);
    $("[data-restored]", form)?.removeAttribute("hidden");
    window.addEventListener("load", () => other[other.length - 1].dispatchEvent(new Event("input", { bubbles: true })));
  }
  form.addEventListener("input", () => keep(form, false));
  form.addEventListener("submit", () => { if (sessionStorage.getItem(key)) keep(form, true); });
  for (const link of all("a[data-key=Escape], a[data-leave], .dock a", form)) link.addEventListener("click", () => sessionStorage.removeItem(key));
}
for (const form of all('form[action="/logout"]')) {
  form.addEventListener("submit", () => drafts().forEach((key) => sessionStorage.removeItem(key)));
}

/* nothing that was typed is left behind by accident; lengths are counted while one types */
for (const form of all("form[data-unsaved]")) {
  let changed = false;
  form.addEventListener("input", (event) => {
    changed = true;
    const count = $(`[data-count="${event.target.id}"]`);
    if (!count) return;
    const length = [...event.target.value.trim()].length;
    count.textContent = `${length} / ${count.dataset.limit}`;
    count.classList.toggle("over", length > Number(count.dataset.limit));
  });
  window.addEventListener("beforeunload", (event) => { if (changed && !form.dataset.sent) event.preventDefault(); });
}

/* a verdict on an earlier text must not stand beside this one when nobody is there to judge it */
document.addEventListener("htmx:error", (event) => {
  const asked = event.target.closest?.("[hx-target]");
  const panel = asked && $(asked.getAttribute("hx-target"));
  if (!panel?.dataset.unreachable) return;
  const told = document.createElement("p");
  told.className = "verdict bad";
  told.setAttribute("role", "status");
  told.textContent = panel.dataset.unreachable;
  panel.replaceChildren(told);
});

/* on a phone the verdict stands far below the words: the dock says it as well */
const judged = $("#judged");
const told = $("[data-verdict]");
if (judged && told) {
  const tell = () => {
    const verdict = $(".verdict", judged);
    if (!verdict) return;
    told.textContent = verdict.textContent.replace(/ ?:$/, "");
    told.className = verdict.className;
  };
  new MutationObserver(tell).observe(judged, { childList: true });
  tell();
}
