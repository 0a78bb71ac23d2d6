/**
 * The call screen saves itself while somebody types: on the server, within two seconds, never in the browser. The state is always in
 * sight. Two tabs don't overwrite each other, an ended session keeps the text on the page until saving works again, and sending waits
 * for the last save. Without this file the buttons of the form save and send.
 */

const form = document.querySelector('form[data-concept]');
const state = document.getElementById('gesprekken-stand');
const ICONS = { bewaard: 'vink', bezig: 'klok', niet: 'alarm' };
const SVG = 'http://www.w3.org/2000/svg';
const WAIT = 700;
const RETRY = 5000;
const LATEST = 1800;

let timer = 0;
let dirtySince = 0;
let saving = null;
/* '', 'sessie' (logged out), 'ouder' (another tab saved first) or 'weg' (the call is over) */
let blocked = '';
let submitting = false;

const versie = () => form.elements.namedItem('versie');

/** The state beside the tabs: short, always there. What needs an answer also stands above the page. */
function show(kind, text, notice) {
  if (!state) return;
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('class', 'skt-i');
  icon.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `${form.dataset.sprite}#${ICONS[kind]}`);
  icon.append(use);
  state.dataset.stand = kind;
  state.replaceChildren(icon, document.createTextNode(` ${text}`));
  tell(notice);
}

function tell(notice) {
  const region = document.getElementById('skt-berichten');
  const template = document.getElementById('skt-bericht-fout');
  region?.querySelector('[data-concept-bericht]')?.remove();
  if (!notice || !region || !template) return;
  const alert = template.content.cloneNode(true);
  alert.firstElementChild.dataset.conceptBericht = '';
  alert.querySelector('[data-kop]').textContent = 'Niet bewaard.';
  const body = alert.querySelector('[data-tekst]');
  body.textContent = `${notice.text} `;
  if (notice.link) {
    const anchor = document.createElement('a');
    anchor.href = notice.link;
    anchor.target = '_blank';
    anchor.rel = 'noopener';
    anchor.textContent = notice.label;
    body.append(anchor);
  }
  region.append(alert);
}

const sessionEnded = () => {
  blocked = 'sessie';
  show('niet', 'Niet bewaard: u bent uitgelogd', {
    text: 'U bent uitgelogd. Wat u schreef staat er nog. Log in op een nieuw tabblad en kom hier terug; dan gaat het bewaren verder.',
    link: `${document.body.dataset.inloggen}?next=${encodeURIComponent(location.pathname)}`,
    label: 'Log opnieuw in',
  });
};

function send() {
  return fetch(form.dataset.bewaren, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
    headers: { 'HX-Request': 'true', 'X-CSRFToken': form.elements.namedItem('csrfmiddlewaretoken').value },
    redirect: 'manual',
  });
}

/** After logging in elsewhere: a fresh token, and is this call still the one that was open here? */
async function renew() {
  const response = await fetch(form.dataset.stand, { headers: { 'HX-Request': 'true' }, redirect: 'manual' });
  if (!response.ok) return false;
  const found = await response.json();
  form.elements.namedItem('csrfmiddlewaretoken').value = found.csrf;
  document.body.setAttribute('hx-headers', JSON.stringify({ 'X-CSRFToken': found.csrf }));
  for (const field of document.querySelectorAll('input[name=csrfmiddlewaretoken]')) field.value = found.csrf;
  return found.loopt;
}

async function attempt(again = true) {
  const response = await send();
  if (response.type === 'opaqueredirect' || response.status === 401) {
    sessionEnded();
    return false;
  }
  if (response.status === 403 && again) return (await renew()) ? attempt(false) : (sessionEnded(), false);
  if (!response.headers.get('Content-Type')?.includes('json')) throw new Error(`antwoord ${response.status}`);
  const found = await response.json();
  if (response.ok) {
    versie().value = found.versie;
    blocked = '';
    show('bewaard', `Bewaard om ${found.tijd}`);
    if (found.vernieuw) refresh();
    return true;
  }
  blocked = { 409: 'ouder', 410: 'weg' }[response.status] || '';
  show('niet', { ouder: 'Niet bewaard: ander tabblad', weg: 'Niet bewaard: al afgerond' }[blocked] || 'Niet bewaard', {
    text: found.zin,
    link: blocked ? location.pathname : '',
    label: 'Bekijk het op een nieuw tabblad',
  });
  return false;
}

/** Save what stands there now. One at a time: a save that was asked for meanwhile comes after. */
async function save() {
  clearTimeout(timer);
  while (saving) await saving;
  if (!dirtySince) return true;
  dirtySince = 0;
  show('bezig', 'Bezig met bewaren');
  saving = attempt().catch(() => {
    show('niet', 'Niet bewaard: geen verbinding', { text: 'Er is geen verbinding. Wat u schreef staat er nog; we proberen het steeds opnieuw.' });
    timer = setTimeout(save, RETRY);
    return false;
  });
  const done = await saving;
  saving = null;
  if (!done) dirtySince = dirtySince || Date.now();
  return done;
}

/** What stands beside the form follows what was saved. Nothing that was typed goes into an address. */
async function refresh() {
  if (!window.htmx) return;
  const response = await fetch(`${location.pathname}?deel=1`, { headers: { 'HX-Request': 'true' }, redirect: 'manual' }).catch(() => null);
  if (response?.ok && !saving) replace(await response.text());
}

function replace(html) {
  window.htmx.swap(form, html, { swapStyle: 'none' });
  followUp();
}

function changed(event) {
  if (event.target.closest('[data-niet-bewaren]') || blocked) return;
  dirtySince = dirtySince || Date.now();
  if (!saving) show('bezig', 'Nog niet bewaard');
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(WAIT, dirtySince + LATEST - Date.now())));
}

/** Proposed themas are chips in sight; the tab of this call has the name that was typed. */
function followUp() {
  const wanted = document.getElementById('thema-voorstel')?.dataset.themas.split('|') ?? [];
  for (const chip of document.querySelectorAll('[data-thema]')) chip.classList.toggle('skt-chip--voorstel', wanted.includes(chip.dataset.thema));
  const name = document.getElementById('gesprek-titel')?.dataset.naam;
  const text = [...(document.querySelector('.skt-calltab[aria-current]')?.childNodes ?? [])].find((node) => node.nodeType === 3 && node.data.trim());
  if (name && text) text.data = ` ${name} `;
}

/** Kies, geef mee, toch niet: the same page, only its side changes. */
async function pressInside(button) {
  dirtySince = dirtySince || Date.now();
  if (!(await save())) return;
  const body = new URLSearchParams(new FormData(form));
  body.append(button.name, button.value);
  const response = await fetch(form.action, {
    method: 'POST',
    body,
    headers: { 'HX-Request': 'true', 'X-CSRFToken': form.elements.namedItem('csrfmiddlewaretoken').value },
    redirect: 'manual',
  });
  if (response.type === 'opaqueredirect' || response.status === 401) return sessionEnded();
  if (!response.ok) return location.reload();
  versie().value = response.headers.get('X-Concept-Versie') || versie().value;
  const region = button.closest('section[id]')?.id;
  replace(await response.text());
  if (region) document.querySelector(`#${region} button, #${region} a`)?.focus();
}

if (form) {
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  document.addEventListener(
    'submit',
    async (event) => {
      if (event.target !== form || submitting) return;
      const button = event.submitter;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (window.htmx && ['kies', 'geef_mee', 'neem_terug'].includes(button?.name)) {
        await pressInside(button);
        return;
      }
      if (blocked === 'sessie' && (await renew().catch(() => false))) blocked = '';
      /* with 'ouder' and 'weg' the server says what now, with everything that was typed */
      const may = blocked === 'ouder' || blocked === 'weg' || (!blocked && (await save()));
      if (!may) return;
      /* not within this event: a form that is being submitted ignores being submitted again */
      setTimeout(() => {
        submitting = true;
        form.requestSubmit(button);
        submitting = false;
      });
    },
    { capture: true },
  );
  /* back in this tab after logging in in another one */
  addEventListener('focus', async () => {
    if (blocked !== 'sessie') return;
    try {
      if (await renew()) {
        blocked = '';
        dirtySince = dirtySince || Date.now();
        await save();
      }
    } catch {
      /* still no connection: the notice stands */
    }
  });
  addEventListener('beforeunload', (event) => {
    if (dirtySince && !submitting && !form.hasAttribute('aria-busy')) event.preventDefault();
  });
  addEventListener('pagehide', () => {
    if (dirtySince && !blocked && !form.hasAttribute('aria-busy')) {
      const body = new URLSearchParams(new FormData(form));
      navigator.sendBeacon?.(form.dataset.bewaren, body);
    }
  });
}
