// Files that were chosen are listed with their size before they are sent, and how far sending them is.
"use strict";
(() => {
  const input = document.getElementById("files");
  if (!input) return;
  const list = document.getElementById("chosen");
  const button = document.querySelector("#upload button");
  const bar = document.getElementById("upload-bar");
  const most = Number(input.dataset.most);
  const kinds = input.accept.split(",");
  const megabytes = (file) => file.size / 1024 / 1024;
  const wrongWith = (file) => {
    if (!kinds.some((one) => file.name.toLowerCase().endsWith(one))) return "不是表格，请去掉";
    if (file.size === 0) return "文件是空的，请去掉";
    return megabytes(file) > most ? `超过 ${most} MB，请拆成几个文件` : "";
  };

  input.addEventListener("change", () => {
    list.replaceChildren(...[...input.files].map((file) => {
      const item = document.createElement("li");
      const wrong = wrongWith(file);
      item.textContent = `${file.name}（${Math.max(megabytes(file), 0.1).toFixed(1)} MB）${wrong}`;
      item.className = wrong ? "wrong" : "";
      return item;
    }));
    button.disabled = [...input.files].some(wrongWith);
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    if (event.target.id !== "upload" || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.firstElementChild.value = (100 * event.detail.loaded) / event.detail.total;
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.target.id === "upload") bar.hidden = true; });
})();
