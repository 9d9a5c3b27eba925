// Files of a form before they are sent: shown, checked, photos made smaller; and how far the sending has come.
"use strict";
(() => {
  const LONGEST_SIDE = 2000, WORTH_IT = 1_500_000;
  const megabytes = (size) => size >= 1048576 ? `${(size / 1048576).toFixed(1)} MB` : `${Math.max(1, Math.round(size / 1024))} KB`;

  // -- what was chosen: each input of a zone keeps its own files, the list under it shows all of them ---------------
  const inputs = (zone) => [...zone.querySelectorAll("input[type=file]")];
  const put = (input, files) => {
    const all = new DataTransfer();
    files.forEach((file) => all.items.add(file));
    input.files = all.files;
  };
  const kept = new WeakMap();
  const take = (input) => {
    const before = input.multiple || input.hasAttribute("capture") ? kept.get(input) ?? [] : [];
    const known = new Set(before.map((file) => `${file.name} ${file.size} ${file.lastModified}`));
    const all = [...before, ...[...input.files].filter((file) => !known.has(`${file.name} ${file.size} ${file.lastModified}`))];
    kept.set(input, all);
    put(input, all);
  };
  const pictures = [];
  const isTaken = (input, file) => !input.accept || input.accept.split(",").some((one) => one.startsWith(".")
    ? file.name.toLowerCase().endsWith(one)
    : one.endsWith("/*") ? file.type.startsWith(one.slice(0, -1)) : file.type === one);
  const wrongWith = (input, file, limit) => {
    if (!isTaken(input, file)) return "不是这里收的文件，请去掉";
    if (file.size === 0) return "文件是空的，请去掉";
    return file.size > limit ? `超过 ${megabytes(limit)}，传不上去，请压缩后再选` : "";
  };
  const line = (input, file, limit) => {
    const item = document.createElement("li");
    if (file.type.startsWith("image/")) {
      const picture = document.createElement("img");
      picture.alt = "";
      picture.src = URL.createObjectURL(file);
      pictures.push(picture.src);
      item.append(picture);
    }
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = `${file.name}（${megabytes(file.size)}）`;
    const said = wrongWith(input, file, limit);
    if (said) {
      const wrong = document.createElement("span");
      wrong.className = "wrong";
      wrong.textContent = said;
      name.append(wrong);
    }
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "link";
    drop.textContent = "去掉";
    drop.setAttribute("aria-label", `去掉 ${file.name}`);
    drop.addEventListener("click", () => {
      kept.set(input, (kept.get(input) ?? []).filter((one) => one !== file));
      put(input, kept.get(input));
      show(input.closest("[data-files]"));
    });
    item.append(name, drop);
    return item;
  };
  const show = (zone) => {
    const limit = Number(zone.dataset.limit), most = Number(zone.dataset.most);
    pictures.splice(0).forEach((one) => URL.revokeObjectURL(one));
    const all = inputs(zone).flatMap((input) => [...input.files].map((file) => [input, file]));
    zone.querySelector(".chosen").replaceChildren(...all.map(([input, file]) => line(input, file, limit)));
    const shrink = zone.querySelector(".shrink");
    if (shrink) shrink.hidden = !all.some(([, file]) => file.type.startsWith("image/") && file.size > WORTH_IT);
    const isWrong = ([input, file]) => wrongWith(input, file, shrinks(zone) && file.type.startsWith("image/") ? Infinity : limit) !== "";
    const said = all.length > most ? `一次最多 ${most} 个文件` : all.some(isWrong) ? "有文件不能上传，请按提示去掉或压缩" : "";
    inputs(zone)[0].setCustomValidity(said);
  };
  document.addEventListener("change", (event) => {
    const zone = event.target.closest?.("[data-files]");
    if (!zone) return;
    if (event.target.type === "file") take(event.target);
    show(zone);
  });

  // -- photos: smaller before they are sent, when the sender has nothing against it ---------------------------------
  const shrinks = (zone) => { const box = zone.querySelector("[data-shrinks]"); return Boolean(box?.checked && !box.closest(".shrink").hidden); };
  const smaller = async (file) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= WORTH_IT) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return made && made.size < file.size ? new File([made], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg", lastModified: file.lastModified }) : file;
    } catch { return file; }  // the browser cannot read it: sent as it is
  };
  document.addEventListener("htmx:confirm", (event) => {
    const form = event.target.closest?.("form");
    const zones = form ? [...form.querySelectorAll("[data-files]")].filter(shrinks) : [];
    if (zones.length === 0) return;
    event.preventDefault();
    Promise.all(zones.flatMap(inputs).map(async (input) => {
      const files = await Promise.all([...input.files].map(smaller));
      kept.set(input, files);
      put(input, files);
    })).then(() => { zones.forEach(show); event.detail.issueRequest(true); });
  });

  // -- how far it has come --------------------------------------------------------------------------------------------
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = event.target.querySelector?.("[data-files] progress");
    if (!bar || !event.detail.lengthComputable || ![...event.target.querySelectorAll("input[type=file]")].some((input) => input.files.length)) return;
    bar.hidden = false;
    bar.value = (100 * event.detail.loaded) / event.detail.total;
  });
  document.addEventListener("htmx:afterRequest", (event) => event.target.querySelectorAll?.("[data-files] progress").forEach((bar) => { bar.hidden = true; }));

  // -- finding one of many fields ----------------------------------------------------------------------------------------
  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-finds]");
    if (!box) return;
    const word = box.value.trim();
    for (const row of box.closest(".fields").querySelectorAll(".correct")) row.hidden = !row.querySelector("label").textContent.includes(word);
  });

  // -- a form that takes the ticked rows of a list along ----------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-takes]");
    if (!form || event.defaultPrevented) return;
    form.querySelectorAll("input[data-taken]").forEach((one) => one.remove());
    for (const box of document.querySelectorAll(`input[type=checkbox][name="${form.dataset.takes}"]:checked`)) {
      const taken = document.createElement("input");
      Object.assign(taken, { type: "hidden", name: box.name, value: box.value });
      taken.dataset.taken = "";
      form.append(taken);
    }
    form.closest("dialog")?.close();
  });
})();
