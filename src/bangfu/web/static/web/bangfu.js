// What pages do beyond htmx: drafts that survive an ended session, a word when the line is down, a few small habits.
"use strict";
(() => {
  const line = () => document.getElementById("connection");
  const say = (text) => {
    line().hidden = false;
    line().querySelector("span").textContent = text;
    line().querySelector("a").hidden = true;
  };

  // -- connection and session ----------------------------------------------------------------------
  const HELD = "填写的内容还在页面上";
  const DOWN = `网络断开，刚才的操作没有保存。${HELD}，连上以后请再点一次。`;
  const UNSURE = `服务器没有回应，不能确定刚才的操作是否已经保存。${HELD}，连上以后请再点一次`;
  let unsaved = false;  // what the line says is about something that was to be saved
  const isSaving = (config) => config.verb !== "get" && !/[?&]live=/.test(config.path);
  const isRepeatable = (form) => Boolean(form?.elements?.ticket || form?.elements?.once);
  const down = (form) => {
    unsaved = true;
    say(navigator.onLine ? UNSURE + (isRepeatable(form) ? "，不会重复保存。" : "。") : DOWN);
  };
  const ended = (form) => {
    say(`登录已过期，刚才的操作没有保存。${form && "draft" in form.dataset ? "填写的内容已留在本机，登录后会恢复。" : "请登录后再做一次。"}`);
    const link = line().querySelector("a");
    link.hidden = false;
    link.href = `/login?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`;
  };
  const unchecked = () => {  // what the checks said was about what stood there before
    const said = document.createElement("p");
    said.className = "verdict warn";
    said.textContent = "网络断开，还没有校验。连上以后接着填就会校验，保存时也会校验。";
    document.querySelectorAll("#checked > :not(input)").forEach((one) => one.remove());
    document.getElementById("checked")?.append(said);
  };
  document.addEventListener("htmx:sendError", (event) => {
    if (event.detail.elt.closest("#checked")) unchecked();
    if (isSaving(event.detail.requestConfig)) down(event.detail.elt.closest("form"));
    else if (!unsaved) say(`网络断开。${HELD}，连上以后会接着办。`);
  });
  document.addEventListener("htmx:timeout", (event) => down(event.detail.elt.closest("form")));
  document.addEventListener("htmx:afterRequest", (event) => {
    const { successful, xhr, requestConfig } = event.detail;
    if (xhr.status === 401) return ended(event.detail.elt.closest("form"));
    if ([500, 502, 504].includes(xhr.status)) {
      unsaved = isSaving(requestConfig);
      say(unsaved ? `程序出错了，没有保存。${HELD}，请重试；还不行就联系维护者。` : "程序出错了，请重试；还不行就联系维护者。");
    } else if (successful && unsaved && !isSaving(requestConfig)) {
      say("网络已经恢复。刚才的操作没有保存，请再点一次。");
    } else if (successful || xhr.status >= 400) {
      unsaved = false;
      line().hidden = true;
    }
  });

  // -- plain forms: a browser that leaves for an address that does not answer loses the page, and what was typed on it ----
  const asked = new WeakSet(), answered = new WeakSet();
  const isReady = async (form) => {
    try {
      const answer = await fetch("/alive", { cache: "no-store", signal: AbortSignal.timeout?.(15_000) });
      if (!answer.ok) throw new Error(answer.status);
      if (document.body.dataset.user && answer.headers.get("X-Session") === "ended") return ended(form);
      return true;
    } catch {
      unsaved = true;
      say(`${navigator.onLine ? "服务器没有回应" : "网络断开"}，刚才的操作没有保存。${HELD}，连上以后请再点一次。`);
    }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || answered.delete(form)) return;
    event.preventDefault();
    if (asked.has(form)) return;
    asked.add(form);
    isReady(form).then((ready) => {
      asked.delete(form);
      if (!ready) return;
      line().hidden = true;
      if ("forgets" in form.dataset) sessionStorage.clear();  // the next at this computer finds no draft
      answered.add(form);
      form.requestSubmit(event.submitter);
      answered.delete(form);  // where the form's own rules held it back
    });
  });

  // -- drafts: <form data-draft="name"> keeps what was typed in this tab until the server says it was saved -----------
  const key = (form) => `draft:${document.body.dataset.user}:${form.dataset.draft}`;
  // What version of a row a form showed belongs to its draft: restored without it, others' later changes would be undone unseen.
  const isKept = (one) => one.type === "hidden" ? one.name.startsWith("seen-") : !["file", "password", "submit", "button"].includes(one.type);
  const fields = (form) => [...form.elements].filter((one) => one.name && isKept(one));
  const keep = (form) => {
    const values = fields(form).map((one) => [one.name, one.type === "checkbox" || one.type === "radio" ? one.checked : one.value, one.value]);
    sessionStorage.setItem(key(form), JSON.stringify(values));
  };
  const restore = (form) => {
    const text = sessionStorage.getItem(key(form));
    if (text === null) return;
    const seen = {};
    let changed = false;
    for (const [name, value, own] of JSON.parse(text)) {
      const alike = fields(form).filter((one) => one.name === name && (one.type === "checkbox" || one.type === "radio" ? one.value === own : true));
      const one = alike[seen[name + own] ?? 0] ?? alike[0];
      if (!one) continue;
      if (one.type === "checkbox" || one.type === "radio") {
        changed ||= one.checked !== value;
        one.checked = value;
      } else {
        changed ||= one.value !== value;
        one.value = value;
      }
    }
    if (!changed || form.querySelector("[data-restored]")) return;
    const note = document.createElement("p");
    note.className = "note warn";
    note.dataset.restored = "";
    note.setAttribute("role", "status");
    note.textContent = `已恢复上次没有保存的内容${form.querySelector("input[type=file]") ? "，文件要重新选" : ""}。`;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "link";
    drop.textContent = "不要了，重新填";
    drop.addEventListener("click", () => { sessionStorage.removeItem(key(form)); location.reload(); });
    note.append(drop);
    form.prepend(note);
    form.closest("details")?.setAttribute("open", "");
    form.dispatchEvent(new Event("change", { bubbles: true }));  // checked as it stands now
  };
  const begin = () => {
    const main = document.getElementById("main");
    for (const name of (main?.dataset.saved ?? "").split(" ")) sessionStorage.removeItem(`draft:${document.body.dataset.user}:${name}`);
    main?.querySelectorAll("form[data-draft]").forEach(restore);
    if (!main?.querySelector("[autofocus]")) main?.querySelector("[aria-invalid=true]")?.focus();
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (form) keep(form);
  });
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt.id === "main") begin();
    const form = event.detail.elt.closest?.("form[data-draft]");
    if (form) restore(form);  // inputs that came later
  });

  // -- filters: what is not chosen does not stand in the address -------------------------------------
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches?.("form.filters")) return;
    for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name);
  });

  // -- searches: <form data-remembers="q"> is posted, so that no name stands in an address; coming back finds it again ---
  const searched = (form) => `search:${document.body.dataset.user}:${location.pathname}:${form.dataset.remembers}`;
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-remembers]");
    if (form && event.target.name === form.dataset.remembers) sessionStorage.setItem(searched(form), event.target.value);
  });
  document.addEventListener("DOMContentLoaded", () => {
    const came = performance.getEntriesByType("navigation")[0]?.type;
    for (const form of document.querySelectorAll("form[data-remembers]")) {
      const field = form.elements[form.dataset.remembers];
      const text = sessionStorage.getItem(searched(form));
      if (field.value) continue;
      if (came !== "back_forward" && came !== "reload") sessionStorage.removeItem(searched(form));
      else if (text) { field.value = text; form.requestSubmit(); }
    }
  });

  // -- printing: parts of a page that come when they are scrolled to are fetched first -------------------------------
  const printAll = async () => {
    htmx.trigger(document.body, "print-all");
    for (let tries = 0; tries < 50 && document.querySelector(".later"); tries++) await new Promise((next) => setTimeout(next, 100));
    window.print();
  };

  // -- tables wider than the screen can be scrolled with the keyboard ---------------------------------
  const reach = () => document.querySelectorAll(".scroll").forEach((one) => { one.tabIndex = one.scrollWidth > one.clientWidth ? 0 : -1; });
  for (const name of ["DOMContentLoaded", "htmx:afterSettle"]) document.addEventListener(name, reach);
  window.addEventListener("resize", reach);

  // -- habits --------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    const dropper = event.target.closest("[data-drops]");
    if (dropper) sessionStorage.removeItem(key(dropper.closest("form")));
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog")?.close();
    if (event.target.closest("[data-prints]")) printAll();
    for (const menu of document.querySelectorAll(".who details[open], details.menu-of[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-checks-all]");
    if (all) document.querySelectorAll(`input[type=checkbox][name="${all.dataset.checksAll}"]`).forEach((one) => { one.checked = all.checked; });
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".who details[open], details.menu-of[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (event.key === "/" && !/^(input|textarea|select)$/i.test(event.target.tagName)) {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });
  document.addEventListener("dragover", (event) => {
    const zone = event.target.closest?.(".drop-zone");
    if (zone) { event.preventDefault(); zone.classList.add("over"); }
  });
  document.addEventListener("dragleave", (event) => event.target.closest?.(".drop-zone")?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    const zone = event.target.closest?.(".drop-zone");
    if (!zone) return;
    event.preventDefault();
    zone.classList.remove("over");
    const input = zone.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
