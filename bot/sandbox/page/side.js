// The left column: who you are, your chats and their topics.

import { call } from "./api.js";
import { ask } from "./dialogs.js";
import { avatar, chat, chatsOf, element, find, GENERAL, people, person, state } from "./state.js";

export function drawSide(open, become) {
  drawPeople(become);
  const list = find("chats");
  const mine = chatsOf(state.me);
  const direct = element("button", {
    class: `chat ${state.chat === state.me ? "on" : ""}`,
    "data-testid": `chat-${state.me}`,
    onclick: () => open(state.me),
  }, avatar(state.bot.id, state.bot.name, "bot"), names(state.bot.name, "direct chat with the bot"), badge(state.me));
  list.replaceChildren(...(state.me ? [direct] : []), ...mine.flatMap((one) => rows(one, open)));
  // Between two polls nobody waits for a moment, and the bot still runs.
  const listens = state.bot.is_polled || state.bot.webhook || state.bot.now - state.bot.last_poll_at < 15;
  find("bot-state").textContent = `@${state.bot.username} ${listens ? "is listening" : "is not running"}`;
  document.querySelector(".dot").classList.toggle("on", Boolean(listens));
}

function drawPeople(become) {
  find("acting-as").textContent = person(state.me)?.name ?? "nobody yet";
  find("person-switcher").replaceChildren(...people().map((one) => element("button", {
    class: `who ${one.id === state.me ? "on" : ""}`,
    "data-testid": `person-${one.id}`,
    role: "tab",
    "aria-selected": String(one.id === state.me),
    title: one.username ? `${one.name} @${one.username}` : one.name,
    onclick: () => become(one.id),
  }, avatar(one.id, one.name, "small"), element("span", {}, one.name.split(" ")[0]))));
}

function rows(one, open) {
  const kind = { channel: "channel", group: "group", supergroup: one.is_forum ? "forum" : "group" }[one.kind];
  const count = `${one.members.length} ${one.members.length === 1 ? "member" : "members"}`;
  const row = element("button", {
    class: `chat ${state.chat === one.id && !one.is_forum ? "on" : ""}`,
    "data-testid": `chat-${one.id}`,
    onclick: () => open(one.id, one.is_forum ? GENERAL : null),
  }, avatar(one.id, one.title), names(one.title, `${kind}, ${count}`), badge(one.id));
  return [row, ...(one.is_forum ? topics(one, open) : [])];
}

function topics(one, open) {
  const all = [{ id: GENERAL, name: "General" }, ...one.topics];
  return all.map((topic) => element("button", {
    class: `chat topic ${state.chat === one.id && state.thread === topic.id ? "on" : ""}`,
    "data-testid": `topic-${topic.id}`,
    "data-chat": one.id,
    onclick: () => open(one.id, topic.id),
  }, element("span", { class: "hash" }, "#"), names(topic.name), badge(`${one.id}/${topic.id}`)));
}

function names(title, note) {
  return element("span", { class: "names" }, element("b", {}, title), note ? element("small", {}, note) : null);
}

function badge(key) {
  const unread = state.unread.get(key);
  if (!unread) return null;
  const isSilent = unread.loud === 0;
  return element("span", {
    class: `badge ${isSilent ? "silent" : ""}`,
    title: isSilent ? "sent silently" : "sent with a sound",
  }, String(unread.count));
}

export function countUnread(message) {
  const keys = [message.chat];
  if (chat(message.chat)?.is_forum) keys.push(`${message.chat}/${message.thread}`);
  for (const key of keys) {
    const was = state.unread.get(key) ?? { count: 0, loud: 0 };
    state.unread.set(key, { count: was.count + 1, loud: was.loud + (message.is_silent ? 0 : 1) });
  }
}

export async function makeNew() {
  const made = await ask("New", [
    { name: "kind", label: "What", options: [["person", "Person"], ["group", "Group"], ["supergroup", "Supergroup"], ["forum", "Forum"]] },
    { name: "title", label: "Name" },
  ], "Create");
  if (!made?.title) return;
  if (made.kind === "person") await call("person", { name: made.title });
  else await call("group", { title: made.title, kind: made.kind, members: [state.me, ...people().map((one) => one.id).filter((id) => id !== state.me)] });
}
