// Joins the parts: reads the state, opens chats, follows the events.

import { call, listen } from "./api.js";
import { clear, drawComposer, startComposer } from "./composer.js";
import { toast } from "./dialogs.js";
import { follow } from "./links.js";
import { drawMessages, jump } from "./messages.js";
import { countUnread, drawSide, makeNew } from "./side.js";
import { avatar, chat, element, find, GENERAL, here, membership, people, person, state, titleOf } from "./state.js";

const TYPING_MS = 5000;
const LAST = 400;
let refreshing = null;

async function refresh() {
  const read = await call("state");
  state.bot = read.bot;
  state.people = new Map(read.people.map((one) => [one.id, one]));
  state.chats = new Map(read.chats.map((one) => [one.id, one]));
  if (!person(state.me)) state.me = people()[0]?.id ?? null;
  if (here()?.migrated_to) await open(here().migrated_to);
}

// Many changes at once (a load test) must not make as many requests.
function refreshSoon() {
  refreshing ??= setTimeout(async () => {
    refreshing = null;
    await refresh();
    draw();
  }, 60);
}

function draw() {
  drawSide(open, become);
  drawHead();
  drawComposer();
}

async function open(id, thread = null, message = null) {
  if (!chat(id) && id === state.me) await call("private", { person: id }).then(refresh);
  const found = chat(id);
  if (!found) return toast("No such chat");
  state.chat = id;
  state.thread = found.is_forum && thread !== null ? thread : null;
  clear();
  state.unread.delete(id);
  state.unread.delete(`${id}/${state.thread}`);
  await readMessages();
  document.querySelector("#app").dataset.view = "room";
  remember();
  draw();
  drawMessages();
  if (message) jump(message);
}

async function readMessages() {
  const asked = state.chat;
  const read = await call("messages", { chat: asked, last: LAST });
  if (asked === state.chat) state.messages = new Map(read.messages.map((one) => [one.id, one]));
}

async function readAgain() {
  await refresh();
  if (state.chat) await readMessages();
  draw();
  if (state.chat) drawMessages(true);
}

async function become(id) {
  state.me = id;
  const isStaying = state.chat && chat(state.chat)?.kind !== "private" && membership(state.chat, id);
  if (isStaying) {
    draw();
    drawMessages(true);
    remember();
  } else if (document.querySelector("#app").dataset.view === "room") {
    await open(id);
  } else {
    state.chat = null;
    draw();
    remember();
  }
}

function remember() {
  const query = new URLSearchParams({ as: state.me ?? "" });
  if (state.chat) query.set("chat", state.chat);
  if (state.thread) query.set("thread", state.thread);
  history.replaceState(null, "", `?${query}`);
}

function drawHead() {
  const found = here();
  document.querySelector(".room").classList.toggle("none", !found);
  if (!found) return;
  const topic = state.thread === GENERAL ? "General" : found.topics.find((one) => one.id === state.thread)?.name;
  find("room-title").textContent = topic ? `${found.title} › ${topic}` : titleOf(state.chat);
  find("room-note").textContent = found.kind === "private" ? `bot · @${state.bot.username}` : note(found);
  const face = found.kind === "private" ? avatar(state.bot.id, state.bot.name) : avatar(found.id, found.title);
  document.querySelector("#room-avatar").replaceWith(Object.assign(face, { id: "room-avatar" }));
  document.querySelector(".room-acts").replaceChildren(...acts(found));
}

function note(found) {
  const names = found.members.map(({ id }) => person(id)?.name.split(" ")[0]).filter(Boolean);
  const shown = names.slice(0, 6).join(", ");
  return `${names.length} members · ${shown}${names.length > 6 ? "…" : ""}`;
}

function acts(found) {
  const act = (text, name, fields) => element("button", {
    class: "act", "data-testid": name,
    onclick: () => call(name, fields).then(refreshSoon).catch((error) => toast(error.message, "bad")),
  }, text);
  if (found.kind === "private") {
    const me = person(state.me);
    if (!me.has_started) return [act("Start", "open_link", { person: me.id, link: "" })];
    return [act(me.has_blocked ? "Unblock" : "Block", "block", { person: me.id, blocked: !me.has_blocked })];
  }
  const bot = membership(found.id, state.bot.id);
  if (!bot) return [act(`Add ${state.bot.name}`, "add_bot", { chat: found.id, by: state.me, admin: true })];
  return bot.status === "member" ? [act("Make bot admin", "promote", { chat: found.id, person: state.bot.id, by: state.me })] : [];
}

function onEvent(event) {
  if (event.kind === "message" || event.kind === "edited_message") {
    onMessage(event);
  } else if (event.kind === "deleted" && event.chat === state.chat) {
    state.messages.delete(event.id);
    drawMessages(true);
  } else if (["chat", "person", "commands"].includes(event.kind)) {
    refreshSoon();
  } else if (event.kind === "action" && event.chat === state.chat) {
    state.typing = event.who;
    drawMessages(true);
    setTimeout(() => { state.typing = null; drawMessages(true); }, TYPING_MS);
  }
}

function onMessage({ kind, chat: id, message }) {
  const isOpen = id === state.chat && (state.thread === null || message.thread === state.thread);
  if (id === state.chat) {
    state.messages.set(message.id, message);
    if (message.sender.is_bot) state.typing = null;
    drawMessages(message.sender.id !== state.me);
  }
  if (kind === "message" && !isOpen && !message.service) countUnread(message);
  const known = chat(id);
  if (known && kind === "message") known.last_date = Math.max(known.last_date, message.date);
  if (known) drawSide(open, become);
  else refreshSoon();
}

function startRoom() {
  const box = find("messages");
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const hidden = event.target.closest("tg-spoiler, blockquote[expandable]");
    if (link) { event.preventDefault(); follow(link.href); }
    else if (hidden) hidden.classList.toggle("open");
    const message = event.target.closest("article");
    box.querySelectorAll(".touched").forEach((one) => one.classList.remove("touched"));
    message?.classList.add("touched");
  });
  box.addEventListener("scroll", () => {
    find("down").hidden = box.scrollHeight - box.scrollTop - box.clientHeight < 300;
  });
  find("down").addEventListener("click", () => box.scrollTo({ top: box.scrollHeight, behavior: "smooth" }));
  find("back").addEventListener("click", () => { document.querySelector("#app").dataset.view = "side"; });
  find("new").addEventListener("click", () => makeNew().then(refreshSoon).catch((error) => toast(error.message, "bad")));
  document.addEventListener("open", ({ detail }) => open(detail.chat, detail.thread, detail.message));
}

async function start() {
  const query = new URLSearchParams(location.search);
  state.me = Number(query.get("as")) || null;
  startComposer();
  startRoom();
  await refresh();
  draw();
  if (query.get("chat")) await open(Number(query.get("chat")), Number(query.get("thread")) || null);
  listen(onEvent, readAgain);
  setInterval(refreshSoon, 10000);
}

start();
