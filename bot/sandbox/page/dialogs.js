// Toasts, alerts and small forms.

import { element, find } from "./state.js";

const TOAST_MS = 4000;

export function toast(text, kind = "") {
  if (!text) return;
  const made = element("div", { class: `toast ${kind}`, "data-testid": "toast", role: "status" }, text);
  find("toasts").append(made);
  setTimeout(() => made.remove(), TOAST_MS);
}

export function alertBox(text) {
  const box = find("alert");
  box.querySelector("p").textContent = text;
  if (!box.open) box.showModal();
}

// Asks for a few values; resolves to them by name, or to null when cancelled.
export function ask(title, fields, button = "OK") {
  const box = find("ask");
  const form = box.querySelector("form");
  const inputs = fields.map(({ name, label, options, value }) => {
    const input = options
      ? element("select", { name }, ...options.map(([id, text]) => element("option", { value: id }, text)))
      : element("input", { name, autofocus: true, value: value ?? "", autocomplete: "off" });
    return element("label", {}, element("span", {}, label), input);
  });
  form.replaceChildren(
    element("h2", {}, title),
    ...inputs,
    element("div", { class: "ask-buttons" },
      element("button", { value: "", formnovalidate: true, type: "submit" }, "Cancel"),
      element("button", { value: "ok", class: "main", "data-testid": "ask-ok" }, button)),
  );
  box.returnValue = "";
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      resolve(box.returnValue === "ok" ? Object.fromEntries(new FormData(form)) : null);
    }, { once: true });
  });
}
