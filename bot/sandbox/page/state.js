// What the page knows, and small questions about it.

export const GENERAL = 1;

export const state = {
  bot: null,
  people: new Map(),
  chats: new Map(),
  messages: new Map(),
  unread: new Map(),
  me: null,
  chat: null,
  thread: null,
  reply: null,
  editing: null,
  typing: null,
};

export const person = (id) => state.people.get(id);
export const chat = (id) => state.chats.get(id);
export const here = () => chat(state.chat);

export function people() {
  const service = new Set([1087968824, 136817688, 777000]);
  return [...state.people.values()].filter((one) => !one.is_bot && !service.has(one.id));
}

export function membership(id = state.chat, who = state.me) {
  return chat(id)?.members.find((member) => member.id === who);
}

export const isAdmin = (member) => ["creator", "administrator"].includes(member?.status);

export function chatsOf(who) {
  const mine = [...state.chats.values()].filter(
    (one) => one.kind !== "private" && !one.migrated_to && membership(one.id, who),
  );
  return mine.sort((a, b) => b.last_date - a.last_date);
}

export function titleOf(id) {
  const one = chat(id);
  return !one || one.kind === "private" ? state.bot.name : one.title;
}

export function initials(name) {
  return name.split(/\s+/).slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
}

export const colorOf = (id) => Math.abs(id) % 7;

export function element(tag, fields = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "html") made.innerHTML = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function avatar(id, name, extra = "") {
  return element("div", { class: `avatar c${colorOf(id)} ${extra}`, "aria-hidden": "true" }, initials(name));
}

export const find = (testid) => document.querySelector(`[data-testid="${testid}"]`);
