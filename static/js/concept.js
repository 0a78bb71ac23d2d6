/**
 * The call screen saves itself while somebody types: on the server within two seconds, and until the server confirms it encrypted in this
 * browser (kluis.js). The state is always in sight. What another tab saved is merged field by field; a field that both sides changed is
 * asked about. An ended session is renewed on the page itself. Without this file the buttons of the form save and send.
 */

import { clearPanel, setField, showPanel, valuesOf } from './botsing.js';
import { openKluis, wipeAll } from './kluis.js';
import { askLogin, closeLogin } from './terplekke.js';

const form = document.querySelector('form[data-concept]');
const state = document.getElementById('gesprekken-stand');
const ICONS = { bewaard: 'vink', bezig: 'klok', niet: 'alarm' };
const SVG = 'http://www.w3.org/2000/svg';
const WAIT = 700;
const LATEST = 1800;
const RETRY = [1000, 2000, 4000, 8000, 15000];
const INSIDE = ['kies', 'geef_mee', 'neem_terug'];
const NO_FIELD = new Set(['csrfmiddlewaretoken', 'versie']);
const sleutel = form.dataset.sleutel;
/* what is typed here: a call, unless the page says otherwise */
const ding = form.dataset.ding || 'Dit gesprek';
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('skt-gesprek') : null;

let timer = 0;
let dirtySince = 0;
let saving = null;
let failures = 0;
/* '', 'sessie' (logged out), 'botsing' (asked which text to keep) or 'weg' (the call is over) */
let blocked = '';
let submitting = false;
/* asked to finish while there was no connection */
let unfinished = false;
/* counts what asks for the side columns: an answer that was overtaken is not shown, it would take back what was given along since */
let turn = 0;
let kluis = null;
let kept = false;
/* field → values as the server has them */
let confirmed = snapshot();
const conflicts = new Map();
const labels = new Map();
/* field → sentence, as the server last read what stands there; and field → id of the line that says it */
let fouten = {};
const checked = new Map();

const versie = () => form.elements.namedItem('versie');
const same = (a = [], b = []) => a.length === b.length && a.every((value, index) => value === b[index]);

function snapshot() {
  const found = new Map();
  for (const name of new FormData(form).keys()) if (!NO_FIELD.has(name)) found.set(name, valuesOf(form, name));
  return found;
}

/** The fields that say something else here than on the server. */
function changedNames(now = snapshot()) {
  return [...new Set([...now.keys(), ...confirmed.keys()])].filter((name) => !same(now.get(name), confirmed.get(name)));
}

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
  const shown = region?.querySelector('[data-concept-bericht]');
  if (shown && notice && shown.dataset.conceptBericht === notice.text) return; // not read out again
  shown?.remove();
  if (!notice || !region || !template) return;
  const alert = template.content.cloneNode(true);
  alert.firstElementChild.dataset.conceptBericht = notice.text;
  alert.querySelector('[data-kop]').textContent = notice.kop ?? 'Niet bewaard.';
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

/** In this browser, until the server has it; gone the moment it has. */
async function keepHere() {
  const now = snapshot();
  const names = changedNames(now);
  if (!kluis || blocked === 'weg') return;
  if (!names.length) {
    await kluis.clear();
    kept = false;
    return;
  }
  kept = await kluis.keep({ versie: versie().value, tijd: Date.now(), velden: names.map((name) => [name, now.get(name) ?? []]) });
}

const hier = () => (kept ? 'Wat u schreef is versleuteld bewaard in deze browser' : 'Wat u schreef staat er nog');

function sessionEnded() {
  blocked = 'sessie';
  const inPlace = askLogin(async (csrf) => {
    await renewed(csrf);
    await resume();
  });
  show('niet', 'Niet bewaard: u bent uitgelogd', inPlace
    ? { text: `U bent uitgelogd. ${hier()}. Log in op deze pagina; u hoeft niet weg.` }
    : {
        text: `U bent uitgelogd. ${hier()}. Log in op een nieuw tabblad en kom hier terug; dan gaat het bewaren verder.`,
        link: `${document.body.dataset.inloggen}?next=${encodeURIComponent(location.pathname)}`,
        label: 'Log opnieuw in',
      });
}

const headers = () => ({ 'HX-Request': 'true', 'X-CSRFToken': form.elements.namedItem('csrfmiddlewaretoken').value });

function bodyOf(names, now) {
  const body = new URLSearchParams({ versie: versie().value, csrfmiddlewaretoken: form.elements.namedItem('csrfmiddlewaretoken').value });
  body.append('gewijzigd', '');
  for (const name of names) {
    body.append('gewijzigd', name);
    for (const value of now.get(name) ?? []) body.append(name, value);
  }
  return body;
}

function renewed(csrf) {
  document.body.setAttribute('hx-headers', JSON.stringify({ 'X-CSRFToken': csrf }));
  for (const field of document.querySelectorAll('input[name=csrfmiddlewaretoken]')) field.value = csrf;
}

/** After logging in again: a fresh token, and is this call still ours and open? */
async function renew() {
  const response = await fetch(form.dataset.stand, { headers: { 'HX-Request': 'true' }, redirect: 'manual' });
  if (response.status === 404) {
    gone(`${ding} is niet van u. Ververs de pagina.`);
    return false;
  }
  if (!response.ok) return false;
  const found = await response.json();
  renewed(found.csrf);
  if (!found.loopt) gone(`${ding} is al afgerond of weggegooid.`);
  return found.loopt;
}

async function resume() {
  if (!(await renew())) return;
  blocked = conflicts.size ? 'botsing' : '';
  closeLogin();
  dirtySince = dirtySince || Date.now();
  await save();
}

function gone(zin) {
  blocked = 'weg';
  kept = false;
  wipeAll(`${sleutel}:`);
  show('niet', 'Niet bewaard: al afgerond', { text: zin, link: location.pathname, label: 'Bekijk het op een nieuw tabblad' });
}

async function attempt(again = true) {
  const now = snapshot();
  const names = changedNames(now).filter((name) => !conflicts.has(name));
  const response = await fetch(form.dataset.bewaren, { method: 'POST', body: bodyOf(names, now), headers: headers(), redirect: 'manual' });
  if (response.type === 'opaqueredirect' || response.status === 401) return sessionEnded(), false;
  if (response.status === 403 && again) return (await renew()) ? attempt(false) : (blocked || sessionEnded(), false);
  if (response.status === 404) return gone(`${ding} is niet (meer) van u. Een collega heeft het misschien overgenomen.`), false;
  if (!response.headers.get('Content-Type')?.includes('json')) throw new Error(`antwoord ${response.status}`);
  const found = await response.json();
  if (response.status === 410) return gone(found.zin), false;
  if (!response.ok) return show('niet', 'Niet bewaard', { text: found.zin }), false;
  failures = 0;
  merge(found, now, names);
  if (names.length) channel?.postMessage({ sleutel });
  return true;
}

/** What can't be read is said at the field once somebody has left it, not while they write. */
function checkFields() {
  for (const [name, id] of checked) {
    const field = form.elements.namedItem(name);
    const zin = fouten[name];
    if (!field || (zin && field === document.activeElement)) continue;
    const shown = document.getElementById(id);
    if (shown?.textContent === zin) continue;
    shown?.remove();
    checked.delete(name);
    field.removeAttribute('aria-invalid');
    field.closest('.skt-veld')?.classList.toggle('skt-veld--fout', Boolean(zin));
    if (!zin) continue;
    const line = document.createElement('p');
    line.id = id;
    line.className = 'utrecht-form-field-error-message';
    line.textContent = zin;
    (field.closest('.skt-duo') ?? field).after(line);
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-errormessage', id);
    checked.set(name, id);
  }
}

/** The server's answer: what it kept, what came from elsewhere, and what both sides changed. */
function merge(found, sent, names) {
  const clash = new Map(found.botsing.map((one) => [one.naam, one]));
  for (const name of names) if (!clash.has(name)) confirmed.set(name, sent.get(name) ?? []);
  const now = snapshot();
  for (const { naam, label, waarden } of found.elders) {
    labels.set(naam, label);
    const untouched = same(now.get(naam), confirmed.get(naam));
    if (!untouched && !same(now.get(naam), waarden)) clash.set(naam, { naam, label, daar: waarden });
    else if (untouched) setField(form, naam, waarden);
    confirmed.set(naam, waarden);
  }
  for (const { naam, label, daar } of clash.values()) {
    labels.set(naam, label);
    conflicts.set(naam, daar);
    confirmed.set(naam, daar);
  }
  versie().value = found.versie;
  blocked = conflicts.size ? 'botsing' : '';
  ask();
  fouten = found.fouten ?? {};
  for (const name of Object.keys(fouten)) if (!checked.has(name)) checked.set(name, `nu-${name}`);
  checkFields();
  if (!conflicts.size) {
    const notice = { kop: 'Nog niet afgerond.', text: 'Er is weer verbinding en alles is bewaard. Kies nu hoe u dit gesprek afrondt.' };
    show('bewaard', `Bewaard om ${found.tijd}`, unfinished ? notice : undefined);
  }
  if (found.vernieuw || found.elders.length) refresh();
}

function ask() {
  if (!conflicts.size) return clearPanel();
  show('niet', 'Niet bewaard: kies welke tekst');
  showPanel(form, conflicts, labels, (name, values) => {
    conflicts.delete(name);
    setField(form, name, values);
    if (!conflicts.size) blocked = '';
    ask();
    touch();
    form.elements.namedItem(name)?.focus?.();
  });
}

/** Save what stands there now. One at a time: a save that was asked for meanwhile comes after. */
async function save() {
  clearTimeout(timer);
  while (saving) await saving;
  if (!dirtySince) return !conflicts.size;
  dirtySince = 0;
  if (!failures) show('bezig', 'Bezig met bewaren');
  saving = attempt().catch(() => {
    const nog = unfinished ? ' Het gesprek is nog niet afgerond.' : '';
    show('niet', 'Niet bewaard: geen verbinding', { text: `Er is geen verbinding. ${hier()}; we proberen het steeds opnieuw.${nog}` });
    timer = setTimeout(save, RETRY[Math.min(failures++, RETRY.length - 1)]);
    return false;
  });
  const done = await saving;
  saving = null;
  if (!done) dirtySince = dirtySince || Date.now();
  else if (changedNames().some((name) => !conflicts.has(name))) plan();
  await keepHere();
  return done && !conflicts.size;
}

/** What stands beside the form follows what was saved. Nothing that was typed goes into an address. */
async function refresh() {
  if (!window.htmx) return;
  const asked = ++turn;
  const response = await fetch(`${location.pathname}?deel=1`, { headers: { 'HX-Request': 'true' }, redirect: 'manual' }).catch(() => null);
  const html = response?.ok ? await response.text() : '';
  if (html && asked === turn && !saving) replace(html);
}

function replace(html) {
  window.htmx.swap(form, html, { swapStyle: 'none' });
  for (const name of ['inwoner_keuze', 'voorzieningen']) confirmed.set(name, valuesOf(form, name));
  followUp();
}

function plan() {
  dirtySince = dirtySince || Date.now();
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(WAIT, dirtySince + LATEST - Date.now())));
}

function touch() {
  keepHere();
  if (blocked === 'sessie' || blocked === 'weg') return void (dirtySince = dirtySince || Date.now());
  if (!saving && !failures && !conflicts.size) show('bezig', 'Nog niet bewaard');
  dirtySince = dirtySince || Date.now();
  if (!failures) plan();
}

/** Proposed themas are chips in sight, the first of them by one key; the tab of this call has the name that was typed. */
function followUp() {
  const wanted = document.getElementById('thema-voorstel')?.dataset.themas.split('|') ?? [];
  let first = true;
  for (const chip of document.querySelectorAll('[data-thema]')) {
    const proposed = wanted.includes(chip.dataset.thema);
    chip.classList.toggle('skt-chip--voorstel', proposed);
    chip.removeAttribute('data-toets');
    if (!proposed || chip.querySelector('input').checked || !first) continue;
    chip.dataset.toets = 'Alt+T';
    chip.dataset.toetsDoet = 'voorgesteld thema kiezen';
    first = false;
  }
  const name = document.getElementById('gesprek-titel')?.dataset.naam;
  const tab = document.querySelector('.skt-calltab[aria-current] .skt-calltab__naam');
  if (name && tab) tab.textContent = name;
}

/** Kies, geef mee, toch niet: the same page, only its side changes. */
async function pressInside(button) {
  dirtySince = dirtySince || Date.now();
  if (!(await save())) return;
  turn += 1;
  const now = snapshot();
  const body = new URLSearchParams(new FormData(form));
  body.append(button.name, button.value);
  const response = await fetch(form.action, { method: 'POST', body, headers: headers(), redirect: 'manual' });
  if (response.type === 'opaqueredirect' || response.status === 401) return sessionEnded();
  if (!response.ok) return location.reload();
  turn += 1;
  versie().value = response.headers.get('X-Concept-Versie') || versie().value;
  confirmed = now;
  const region = button.closest('section[id]')?.id;
  const hadFocus = button.contains(document.activeElement);
  replace(await response.text());
  channel?.postMessage({ sleutel });
  if (region && hadFocus) document.querySelector(`#${region} button, #${region} a`)?.focus();
}

/** What a fallen browser or a lost network left here goes on top of what the server has; both sides changed is asked about. */
async function restore() {
  kluis = await openKluis(sleutel, form.dataset.kluis);
  for (const record of (await kluis?.rest()) ?? []) {
    if (conflicts.size) break;
    const now = versie().value;
    for (const [name, values] of record.velden) setField(form, name, values);
    versie().value = Math.min(Number(record.versie), Number(now));
    dirtySince = Date.now();
    await save();
    record.done();
  }
}

/** Has a caret. */
const writes = (element) => element.matches('textarea, input[type=text], input[type=search], input[type=tel]');

/** Each call has its own place on the page: how far it was scrolled, which field, and where in its text. */
function place() {
  const store = `skt-plek:${sleutel}`;
  const columns = () => [document.scrollingElement, ...document.querySelectorAll('.skt-werkblad__kolom')];
  const { tops, focus, caret } = JSON.parse(sessionStorage.getItem(store) || '{}');
  const last = focus && form.elements.namedItem(focus);
  const field = last?.focus ? last : document.getElementById('id_hulpvraag');
  if (!document.querySelector('[data-autofocus]') && field) {
    field.focus({ preventScroll: true });
    if (writes(field)) field.setSelectionRange(...(field === last && caret ? caret : [field.value.length, field.value.length]));
  }
  columns().forEach((column, index) => (column.scrollTop = tops?.[index] ?? 0));
  addEventListener('pagehide', () => {
    const active = document.activeElement;
    const mine = active?.form === form;
    sessionStorage.setItem(store, JSON.stringify({
      tops: columns().map((column) => column.scrollTop),
      focus: mine ? active.name : '',
      caret: mine && writes(active) ? [active.selectionStart, active.selectionEnd] : null,
    }));
  });
}

form.addEventListener('input', touch);
form.addEventListener('change', touch);
form.addEventListener('focusout', () => setTimeout(checkFields));
document.addEventListener(
  'submit',
  async (event) => {
    if (event.target.id === 'weggooien') submitting = true; // what goes away needs no question of the browser
    if (event.target !== form || submitting) return;
    const button = event.submitter;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (window.htmx && INSIDE.includes(button?.name)) return pressInside(button);
    if (blocked === 'sessie' && (await renew().catch(() => false))) blocked = '';
    dirtySince = changedNames().length ? dirtySince || Date.now() : dirtySince;
    /* with 'weg' the server says what now, with everything that was typed */
    const may = blocked === 'weg' || (blocked !== 'sessie' && (await save()));
    unfinished = !may && failures > 0;
    if (unfinished) show('niet', 'Niet afgerond: geen verbinding', { kop: 'Nog niet afgerond.', text: `Er is geen verbinding. ${hier()}. Zodra die er weer is, rondt u af.` });
    if (!may) return void document.querySelector('#botsingen button')?.focus();
    /* not within this event: a form that is being submitted ignores being submitted again */
    setTimeout(() => {
      submitting = true;
      form.requestSubmit(button);
      submitting = false;
    });
  },
  { capture: true },
);
/* another call: what was typed in this one goes first */
document.addEventListener('click', async (event) => {
  const link = event.target.closest?.('.skt-calltabs a');
  if (!link || event.ctrlKey || event.metaKey || event.button || !dirtySince) return;
  event.preventDefault();
  await save().catch(() => false);
  location.href = link.href;
});
/* a standard text goes where the cursor was, or at the end */
document.addEventListener('change', (event) => {
  const list = event.target.closest?.('[data-standaardtekst]');
  const field = document.getElementById('id_toelichting');
  if (!list?.value || !field) return;
  field.value = [field.value.trimEnd(), list.value].filter(Boolean).join('\n');
  list.value = '';
  field.focus();
  field.dispatchEvent(new Event('input', { bubbles: true }));
});
if (channel) {
  channel.onmessage = ({ data }) => {
    if (data.uit) return gone('U bent in een ander tabblad uitgelogd.');
    if (data.sleutel !== sleutel || blocked) return;
    dirtySince = dirtySince || Date.now();
    plan();
  };
}
addEventListener('online', () => {
  if (failures) save();
});
/* back in this tab after logging in in another one */
addEventListener('focus', () => blocked === 'sessie' && resume().catch(() => {}));
addEventListener('beforeunload', (event) => {
  if (dirtySince && !kept && !submitting && !form.hasAttribute('aria-busy')) event.preventDefault();
});
addEventListener('pagehide', () => {
  const now = snapshot();
  const names = changedNames(now).filter((name) => !conflicts.has(name));
  if (names.length && !blocked && !form.hasAttribute('aria-busy')) navigator.sendBeacon?.(form.dataset.bewaren, bodyOf(names, now));
});
place();
followUp();
restore();
