// The line people write in: reply, edit, commands, files, writing as somebody else.

import { call } from "./api.js";
import { toast } from "./dialogs.js";
import { element, find, here, isAdmin, membership, person, state } from "./state.js";

let commands = [];

export async function drawComposer() {
  const chat = here();
  const input = find("composer-input");
  const mayWrite = chat && (chat.kind === "private" || (chat.kind === "channel" ? isAdmin(membership()) : membership()));
  find("composer").hidden = !mayWrite;
  const names = [["", person(state.me)?.name ?? ""]];
  if (chat && chat.kind !== "private" && isAdmin(membership())) names.push([String(chat.id), `${chat.title} (anonymous)`]);
  for (const one of state.chats.values()) {
    if (one.kind === "channel" && isAdmin(membership(one.id))) names.push([String(one.id), one.title]);
  }
  const select = find("as-selector");
  const kept = select.value;
  select.replaceChildren(...names.map(([id, name]) => element("option", { value: id }, name)));
  if (names.some(([id]) => id === kept)) select.value = kept;
  select.hidden = names.length < 2;
  drawReply();
  input.placeholder = chat?.kind === "channel" ? "Broadcast" : "Message";
  if (state.me && chat) commands = (await call("commands", { person: state.me, chat: chat.id })).commands;
  find("menu").hidden = commands.length === 0;
}

function drawReply() {
  const bar = find("reply-bar");
  const message = state.editing ?? state.reply;
  bar.hidden = !message;
  if (!message) return;
  bar.querySelector("b").textContent = state.editing ? "Edit message" : message.sender.name;
  bar.querySelector("span").textContent = message.text || message.media?.label || "";
}

export function startComposer() {
  const input = find("composer-input");
  find("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
    if (event.key === "Escape") { clear(); showCommands(false); }
  });
  input.addEventListener("input", () => { grow(); showCommands(/^\/\w*$/.test(input.value), input.value.slice(1)); });
  find("reply-cancel").addEventListener("click", clear);
  find("menu").addEventListener("click", () => showCommands(find("commands-menu").hidden));
  find("attach").addEventListener("change", attach);
  document.addEventListener("reply", ({ detail }) => { state.reply = detail; state.editing = null; drawReply(); input.focus(); });
  document.addEventListener("edit", ({ detail }) => {
    state.editing = detail; state.reply = null; input.value = detail.text; drawReply(); grow(); input.focus();
  });
}

function grow() {
  const input = find("composer-input");
  input.style.height = "auto";
  // A hidden line has no height to measure.
  if (input.scrollHeight) input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
}

export function clear() {
  if (state.editing) find("composer-input").value = "";
  state.reply = state.editing = null;
  drawReply();
  grow();
}

function showCommands(isShown, filter = "") {
  const fitting = commands.filter((one) => one.command.startsWith(filter));
  const menu = find("commands-menu");
  menu.hidden = !isShown || fitting.length === 0;
  menu.replaceChildren(...fitting.map((one) => element("li", {},
    element("button", { type: "button", "data-testid": `command-${one.command}`, onclick: () => { showCommands(false); say(`/${one.command}`); } },
      element("b", {}, `/${one.command}`), element("span", {}, one.description)))));
}

async function send() {
  const input = find("composer-input");
  const text = input.value.trim();
  if (!text) return;
  const edited = state.editing;
  input.value = "";
  showCommands(false);
  if (edited) {
    clear();
    await call("edit", { person: state.me, chat: edited.chat, message: edited.id, text }).catch((error) => toast(error.message, "bad"));
  } else if (!(await say(text))) {
    input.value = text;
  }
  grow();
}

async function say(text, media) {
  const as = find("as-selector").value;
  const fields = { person: state.me, chat: state.chat, text };
  if (state.thread) fields.thread = state.thread;
  if (state.reply) fields.reply_to = state.reply.id;
  if (as && here().kind !== "channel" && here().kind !== "private") fields.as_chat = Number(as);
  if (media) fields.media = media;
  try {
    await call("say", fields);
    clear();
    return true;
  } catch (error) {
    toast(error.message, "bad");
    return false;
  }
}

async function attach(event) {
  const file = event.target.files[0];
  event.target.value = "";
  if (!file) return;
  const address = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(file);
  });
  const kind = file.type.startsWith("image/") ? "photo" : "document";
  await say(find("composer-input").value.trim(), { kind, file_name: file.name, mime: file.type, content: address.split(",")[1] ?? "" });
  find("composer-input").value = "";
}
