// The middle: messages, their keyboards, reactions and actions.

import { call } from "./api.js";
import { alertBox, toast } from "./dialogs.js";
import { follow, openMessage } from "./links.js";
import { avatar, colorOf, element, find, here, isAdmin, membership, state, titleOf } from "./state.js";

const EMOJI = ["👍", "👀", "✍", "🙈", "❤"];
const GROUP_SECONDS = 600;
const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat([], { weekday: "short", day: "numeric", month: "long" });
const moment = (seconds) => new Date(seconds * 1000);

export function drawMessages(keepPlace = false) {
  const box = find("messages");
  const shown = [...state.messages.values()].filter(isHere).sort((a, b) => a.id - b.id);
  const wasLow = box.scrollHeight - box.scrollTop - box.clientHeight < 120;
  const place = box.scrollTop;
  const open = new Set([...box.querySelectorAll("blockquote.open")].map(quoteKey));
  let last = null;
  const nodes = [];
  for (const message of shown) {
    if (!last || day.format(moment(last.date)) !== day.format(moment(message.date))) {
      nodes.push(element("div", { class: "day" }, day.format(moment(message.date))));
      last = null;
    }
    nodes.push(draw(message, last));
    last = message;
  }
  if (!nodes.length) nodes.push(element("div", { class: "nothing" }, "No messages here yet"));
  if (state.typing) nodes.push(element("div", { class: "typing" }, `${state.typing} is typing…`));
  box.replaceChildren(...nodes);
  for (const quote of box.querySelectorAll("blockquote[expandable]")) {
    if (open.has(quoteKey(quote))) quote.classList.add("open");
  }
  box.scrollTop = keepPlace && !wasLow ? place : box.scrollHeight;
}

const isHere = (message) =>
  message.chat === state.chat && (state.thread === null || message.thread === state.thread);

function quoteKey(quote) {
  const message = quote.closest("[data-message-id]");
  return `${message.dataset.messageId}:${[...message.querySelectorAll("blockquote")].indexOf(quote)}`;
}

function draw(message, previous) {
  if (message.service) {
    return element("div", { class: "service", "data-testid": "message", "data-message-id": message.id }, message.service);
  }
  const isMine = message.sender.id === state.me;
  const follows = previous && !previous.service && previous.sender.id === message.sender.id
    && message.date - previous.date < GROUP_SECONDS;
  const isGroup = here().kind !== "private";
  const bubble = element("div", { class: "bubble" },
    isGroup && !isMine && !follows
      ? element("div", { class: `name n${colorOf(message.sender.id)}` }, message.sender.name,
        message.sender.is_bot ? element("i", {}, "bot") : null)
      : null,
    message.forwarded_from ? element("div", { class: "forward" }, `Forwarded from ${message.forwarded_from}`) : null,
    reply(message),
    media(message),
    element("div", { class: "text", "data-testid": "message-text", html: message.html.replace(/<\/(blockquote|pre)>\n/g, "</$1>") }),
    foot(message),
  );
  bubble.querySelectorAll("a").forEach((link) => link.setAttribute("rel", "noopener"));
  return element("article", {
    class: `message ${isMine ? "mine" : ""} ${follows ? "follows" : ""}`,
    "data-testid": "message",
    "data-message-id": message.id,
    "data-sender": message.sender.id,
  }, isGroup && !isMine ? avatar(message.sender.id, message.sender.name, follows ? "small hidden" : "small") : null,
  element("div", { class: "body" }, bubble, keyboard(message), reactions(message)), actions(message));
}

function reply(message) {
  if (!message.reply) return null;
  const { chat, id, name, text, is_quote: isQuote } = message.reply;
  return element("button", {
    class: `quote ${isQuote ? "part" : ""}`,
    type: "button",
    "data-testid": isQuote ? "quote" : "reply-to",
    onclick: () => (chat === message.chat ? jump(id) : openMessage(chat, [id])),
  }, element("b", {}, chat === message.chat ? name : `${name} · ${titleOf(chat)}`), element("span", {}, text));
}

function media(message) {
  if (!message.media) return null;
  const { label, file_id: id, kind } = message.media;
  if (kind === "photo") {
    return element("img", { class: "photo", src: `/control/files/${id}`, alt: label, "data-testid": "photo" });
  }
  return element("div", { class: "file", title: id ?? "" }, kind === "document" ? `📎 ${label}` : label);
}

function foot(message) {
  const time = element("time", { datetime: moment(message.date).toISOString(), title: moment(message.date).toLocaleString() },
    clock.format(moment(message.date)));
  return element("div", { class: "foot" },
    message.is_silent ? element("span", { title: "sent silently", "data-testid": "silent" }, "🔕") : null,
    message.is_pinned ? element("span", { title: "pinned" }, "📌") : null,
    message.edited_at ? element("span", { class: "edited", "data-testid": "edited", title: message.history.join("\n———\n") }, "edited") : null,
    time);
}

function keyboard(message) {
  if (!message.buttons.length) return null;
  return element("div", { class: "keyboard" }, ...message.buttons.map((row) =>
    element("div", { class: "row" }, ...row.map((button) => element("button", {
      type: "button",
      class: `key ${button.style ?? ""}`,
      "data-testid": "button",
      "data-button": button.text,
      "data-link": button.url ?? button.app,
      onclick: (event) => press(event.currentTarget, message, button),
    }, button.text)))));
}

async function press(node, message, button) {
  if (button.url) return follow(button.url);
  if (button.copy) return navigator.clipboard.writeText(button.copy).then(() => toast("Copied"));
  if (!button.data) return toast("The sandbox can not open this button");
  node.classList.add("busy");
  try {
    const answer = await call("press", { person: state.me, chat: message.chat, message: message.id, data: button.data });
    if (!answer.answered) toast("The bot did not answer", "bad");
    else if (answer.show_alert) alertBox(answer.text);
    else toast(answer.text);
    if (answer.url) await follow(answer.url);
  } catch (error) {
    toast(error.message, "bad");
  } finally {
    node.classList.remove("busy");
  }
}

function reactions(message) {
  if (!message.reactions.length) return null;
  return element("div", { class: "reactions" }, ...message.reactions.map(({ emoji, actors }) => element("button", {
    type: "button",
    class: actors.includes(state.me) ? "on" : "",
    "data-testid": "reaction",
    "data-emoji": emoji,
    onclick: () => react(message, emoji),
  }, `${emoji} ${actors.length}`)));
}

async function react(message, emoji) {
  const isMine = message.reactions.some((one) => one.emoji === emoji && one.actors.includes(state.me));
  await call("react", { person: state.me, chat: message.chat, message: message.id, emoji: isMine ? null : emoji })
    .catch((error) => toast(error.message, "bad"));
}

function actions(message) {
  const isMine = message.sender.id === state.me;
  const mayDelete = isMine || here().kind === "private" || isAdmin(membership());
  const act = (label, testid, run) => element("button", { type: "button", title: testid, "aria-label": testid, "data-testid": testid, onclick: run }, label);
  return element("div", { class: "actions" },
    ...EMOJI.map((emoji) => act(emoji, `react-${emoji}`, () => react(message, emoji))),
    act("↩", "reply", () => document.dispatchEvent(new CustomEvent("reply", { detail: message }))),
    isMine ? act("✎", "edit", () => document.dispatchEvent(new CustomEvent("edit", { detail: message }))) : null,
    mayDelete ? act("🗑", "delete", () => call("delete", { person: state.me, chat: message.chat, message: message.id }).catch((error) => toast(error.message, "bad"))) : null);
}

export function jump(id) {
  const node = find("messages").querySelector(`[data-message-id="${id}"]`);
  if (!node) return toast("That message is not here");
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  node.classList.add("flash");
  setTimeout(() => node.classList.remove("flash"), 1600);
}
