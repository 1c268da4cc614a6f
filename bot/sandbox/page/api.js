// HTTP to the sandbox: control calls and the stream of events.

export async function call(name, fields = {}) {
  const response = await fetch(`/control/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fields),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || response.statusText);
  return answer;
}

export function listen(onEvent, onOpen) {
  const source = new EventSource("/control/events");
  // Whatever happened before the stream stood, or while it was down, has to be read again.
  source.onopen = onOpen;
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
}
