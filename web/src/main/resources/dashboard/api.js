// Asks the server. An error carries the server's own sentence.

export async function get(path, query = {}) {
  const response = await fetch(url(path, query), { headers: { Accept: "application/json" } });
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  const error = new Error(problem.detail ?? `The server answered ${response.status}.`);
  error.status = response.status;
  throw error;
}

export function url(path, query = {}) {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
