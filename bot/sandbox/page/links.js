// Links: to a message, to the bot with a payload, to the rest of the world.

import { call } from "./api.js";
import { ask, toast } from "./dialogs.js";
import { chat, chatsOf, GENERAL, membership, state } from "./state.js";

export async function follow(link) {
  const url = new URL(link, "https://t.me/");
  const isTelegram = ["t.me", "telegram.me"].includes(url.hostname) || url.protocol === "tg:";
  if (!isTelegram) return window.open(url, "_blank", "noopener");
  const path = url.pathname.split("/").filter(Boolean);
  if (path[0] === "c") return openMessage(Number(`-100${path[1]}`), path.slice(2).map(Number));
  const domain = url.searchParams.get("domain") ?? path[0] ?? "";
  if (domain.toLowerCase() === state.bot.username.toLowerCase()) return openBot(url);
  const named = [...state.chats.values()].find((one) => one.username?.toLowerCase() === domain.toLowerCase());
  if (named) return openMessage(named.id, path.slice(1).map(Number));
  return toast("The sandbox has no such chat");
}

export function openMessage(id, rest) {
  const found = chat(id);
  if (!found || (found.kind !== "private" && !membership(id))) return toast("You are not in that chat");
  const message = rest.at(-1);
  const thread = found.is_forum ? (rest.length > 1 ? rest[0] : null) : null;
  document.dispatchEvent(new CustomEvent("open", { detail: { chat: id, thread, message } }));
}

async function openBot(url) {
  try {
    if (url.searchParams.has("startgroup")) {
      const mine = chatsOf(state.me).filter((one) => one.kind !== "channel");
      const picked = await ask("Add the bot to", [{ name: "chat", label: "Group", options: mine.map((one) => [one.id, one.title]) }], "Add");
      if (!picked?.chat) return;
      const opened = await call("open_link", { person: state.me, link: String(url), chat: Number(picked.chat) });
      document.dispatchEvent(new CustomEvent("open", { detail: { chat: opened.chat, thread: chat(opened.chat)?.is_forum ? GENERAL : null } }));
    } else {
      const opened = await call("open_link", { person: state.me, link: String(url) });
      document.dispatchEvent(new CustomEvent("open", { detail: { chat: opened.chat, thread: null } }));
    }
  } catch (error) {
    toast(error.message, "bad");
  }
}
