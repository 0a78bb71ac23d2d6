/**
 * On every page: what a call left in this browser goes when somebody else logs in, at log-out, and when the call is over. What is still
 * waiting there is pointed out.
 */

import { PREFIX, wipeAll } from './kluis.js';

const WIE = 'skt-wie';
/* what a half-typed triage is called, with the number of its melding */
const TRIAGE = 'triage-';
const wie = document.body.dataset.wie;

function owner() {
  try {
    const before = localStorage.getItem(WIE);
    if (before && before !== wie) wipeAll();
    localStorage.setItem(WIE, wie);
    return new Set(Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).map((name) => name.split(':')[1]));
  } catch {
    return new Set();
  }
}

async function look(sleutel) {
  const url = sleutel.startsWith(TRIAGE) ? `/triage/${sleutel.slice(TRIAGE.length)}/` : `/gesprek/${sleutel}/`;
  if (location.pathname === url) return;
  const response = await fetch(`${url}stand/`, { headers: { 'HX-Request': 'true' }, redirect: 'manual' }).catch(() => null);
  if (response?.status === 404 || (response?.ok && !(await response.json()).loopt)) wipeAll(`${sleutel}:`);
  else if (response?.ok) document.dispatchEvent(new CustomEvent('skt:nog-te-bewaren', { detail: { url } }));
}

if (wie) for (const sleutel of owner()) look(sleutel);

document.addEventListener('submit', (event) => {
  if (!event.target.matches('form[data-uitloggen]')) return;
  wipeAll();
  new BroadcastChannel('skt-gesprek').postMessage({ uit: true });
});
