/**
 * What the server did not confirm yet, kept in this browser until it does: encrypted with a key that only the page of this call has (the
 * server gives it to its owner, never to the disk), one record per tab. See docs/besluiten/0012-niets-kwijt.md.
 */

export const PREFIX = 'skt-concept:';
const TAB = 'skt-tab';

export function wipeAll(sleutel = '') {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX + sleutel)) localStorage.removeItem(name);
  } catch {
    /* storage refused: there is nothing to wipe */
  }
}

const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''));

/** An id for this tab, held by a lock as long as the tab lives: so a record of a tab that fell can be told from a neighbour's. */
async function tabId() {
  let id = sessionStorage.getItem(TAB);
  const hold = (name) =>
    new Promise((resolve) => {
      navigator.locks.request(`skt-tab:${name}`, { ifAvailable: true }, (lock) => {
        resolve(Boolean(lock));
        return lock && new Promise(() => {});
      });
    });
  if (!id || !(await hold(id))) {
    id = crypto.randomUUID();
    await hold(id);
  }
  sessionStorage.setItem(TAB, id);
  return id;
}

/** `keep(record)`, `clear()` and `rest()`: the records of this tab before and of tabs that are gone. Null where nothing may be kept. */
export async function openKluis(sleutel, key64) {
  if (!window.isSecureContext || !navigator.locks || !key64) return null;
  try {
    const key = await crypto.subtle.importKey('raw', bytes(key64), 'AES-GCM', false, ['encrypt', 'decrypt']);
    const own = `${PREFIX}${sleutel}:${await tabId()}`;
    let turn = Promise.resolve();
    const inTurn = (task) => (turn = turn.then(task).catch(() => false));
    return {
      keep: (record) =>
        inTurn(async () => {
          const iv = crypto.getRandomValues(new Uint8Array(12));
          const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(record)));
          localStorage.setItem(own, `${text(iv)}.${text(sealed)}`);
          return true;
        }),
      clear: () => inTurn(() => localStorage.removeItem(own)),
      async rest() {
        const alive = new Set((await navigator.locks.query()).held.map((lock) => lock.name));
        const found = [];
        for (const name of Object.keys(localStorage)) {
          if (!name.startsWith(`${PREFIX}${sleutel}:`)) continue;
          if (name !== own && alive.has(`skt-tab:${name.split(':').pop()}`)) continue;
          try {
            const [iv, sealed] = localStorage.getItem(name).split('.');
            const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv) }, key, bytes(sealed));
            found.push({ ...JSON.parse(new TextDecoder().decode(plain)), done: () => name !== own && localStorage.removeItem(name) });
          } catch {
            localStorage.removeItem(name); // not ours to read, or broken
          }
        }
        return found.sort((a, b) => a.tijd - b.tijd);
      },
    };
  } catch {
    return null;
  }
}
