// What pages do beyond htmx: drafts that survive an ended session, a word when the line is down, a few small habits.
"use strict";
(() => {
  const line = () => document.getElementById("connection");
  const say = (html) => { line().hidden = false; line().querySelector("span").textContent = html; };

  // -- connection and session ----------------------------------------------------------------------
  document.addEventListener("htmx:sendError", () => say("网络断开,刚才的操作没有保存。填写的内容还在页面上,连上以后请再点一次。"));
  document.addEventListener("htmx:timeout", () => say("服务器没有回应,不能确定是否已经保存。请稍后刷新页面核对。"));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) line().hidden = true;
    if (event.detail.xhr.status !== 401) return;
    say("登录已过期。填写的内容已留在本机,");
    const link = line().querySelector("a");
    link.hidden = false;
    link.href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
  });

  // -- drafts: <form data-draft="name"> keeps what was typed in this tab until the server says it was saved -----------
  const key = (form) => `draft:${document.body.dataset.user}:${form.dataset.draft}`;
  const fields = (form) => [...form.elements].filter((one) => one.name && !["hidden", "file", "password", "submit", "button"].includes(one.type));
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
    if (!changed) return;
    const note = document.createElement("p");
    note.className = "note warn";
    note.setAttribute("role", "status");
    note.textContent = "已恢复上次没有保存的内容。";
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "link";
    drop.textContent = "不要了,重新填";
    drop.addEventListener("click", () => { sessionStorage.removeItem(key(form)); location.reload(); });
    note.append(drop);
    form.prepend(note);
  };
  const begin = (root) => {
    if (document.body.dataset.saved) {
      for (const name of document.body.dataset.saved.split(" ")) sessionStorage.removeItem(`draft:${document.body.dataset.user}:${name}`);
    }
    root.querySelectorAll("form[data-draft]").forEach(restore);
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (form) keep(form);
  });
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("htmx:load", (event) => { if (event.detail.elt === document.body) begin(document); });

  // -- habits --------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog")?.close();
    if (event.target.closest("[data-prints]")) window.print();
    for (const menu of document.querySelectorAll(".who details[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-checks-all]");
    if (all) document.querySelectorAll(`input[type=checkbox][name="${all.dataset.checksAll}"]`).forEach((one) => { one.checked = all.checked; });
  });
  document.addEventListener("keydown", (event) => {
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
