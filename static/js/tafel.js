/**
 * The meeting as it is now: what lies on the table, what was decided, who looks along. Whoever follows goes along; what somebody has chosen or
 * typed in the decision stays until they send it or leave it, with what happened meanwhile told above it.
 */

import { keepFresh, parse } from './bijwerken.js';

const EVERY = 2_000;
const root = () => document.querySelector('[data-overleg]');
const form = () => document.querySelector('[data-besluit]');
const words = (part) => part?.textContent.replace(/\s+/g, ' ').trim() ?? '';
const filled = (part) => JSON.stringify([...new FormData(part)].filter(([name]) => name !== 'csrfmiddlewaretoken'));
let blank = form() ? filled(form()) : '';

/* After a refusal the form comes back filled in: that is somebody's work too. */
const isWorking = () => Boolean(form()) && (filled(form()) !== blank || Boolean(form().querySelector('[data-fouten]')));

function address() {
  const url = new URL(root().dataset.ververs, location.href);
  url.searchParams.set('stand', root().dataset.stand);
  if (isWorking()) url.searchParams.set('punt', root().dataset.punt);
  return url;
}

function swap(name, fresh) {
  const mine = root().querySelector(`[data-deel="${name}"]`);
  const theirs = fresh.querySelector(`[data-deel="${name}"]`);
  if (!mine || !theirs) return;
  const scrolled = mine.scrollTop;
  const focused = mine.contains(document.activeElement) ? document.activeElement : null;
  const same = focused?.id ? `#${CSS.escape(focused.id)}` : focused?.href ? `a[href="${focused.getAttribute('href')}"]` : '';
  const open = [...mine.querySelectorAll('details')].map((details) => details.open);
  mine.innerHTML = theirs.innerHTML;
  mine.scrollTop = scrolled;
  if (root().dataset.punt === fresh.dataset.punt) {
    mine.querySelectorAll('details').forEach((details, at) => (details.open = Boolean(open[at])));
  }
  if (focused) (same ? mine.querySelector(same) : null)?.focus({ preventScroll: true });
}

/** Above the form, which stays as it is. */
function warn(title, text) {
  const place = form().querySelector('[data-intussen]');
  if (!place) return;
  const alert = document.createElement('div');
  alert.className = 'utrecht-alert utrecht-alert--warning';
  alert.setAttribute('role', 'alert');
  const head = document.createElement('p');
  head.className = 'skt-vet';
  head.textContent = title;
  const body = document.createElement('p');
  body.textContent = text;
  alert.append(head, body);
  place.replaceChildren(alert);
}

/** What a colleague did while one was writing. */
function tell(fresh) {
  const decided = fresh.querySelector('[data-besloten]');
  if (!decided) return;
  const text = [...decided.querySelectorAll('.skt-badge, p')].map(words).filter(Boolean);
  warn('Een collega was u voor', `${[...new Set(text)].join(' · ')}. Wat u invulde staat er nog, maar is niet vastgelegd.`);
}

function apply(html) {
  const fresh = parse(html).querySelector('[data-overleg]');
  if (!fresh) return;
  const working = isWorking();
  const moved = root().dataset.punt !== fresh.dataset.punt;
  for (const name of ['kop', 'agenda', 'verhaal']) swap(name, fresh);
  if (working && !moved) {
    tell(fresh);
  } else {
    swap('besluit', fresh);
    swap('voet', fresh);
    blank = form() ? filled(form()) : '';
    document.title = document.title.replace(/^[^·|–-]*/, `${fresh.dataset.titel} `);
    if (moved) root().querySelector('[data-deel="verhaal"]').scrollTop = 0;
  }
  root().dataset.punt = fresh.dataset.punt;
  root().dataset.stand = fresh.dataset.stand;
  if (moved) {
    const says = document.querySelector('[data-bijgewerkt] [data-meldt]');
    if (says) says.textContent = `Op tafel: ${fresh.dataset.titel}`;
  }
}

if (root()) {
  const live = keepFresh({ every: EVERY, url: address, apply });

  /* Asks first whether the server is there: without it the browser would put its own page in place of what was typed. */
  let asking = false;
  let there = false;
  document.addEventListener(
    'submit',
    async (event) => {
      const sent = event.target;
      if (!sent.matches('[data-besluit]')) return;
      if (there) {
        there = false;
        return;
      }
      event.preventDefault();
      if (asking) return;
      asking = true;
      await live.now();
      asking = false;
      if (!sent.isConnected) return;
      there = live.reaches();
      if (there) sent.requestSubmit(event.submitter);
      else warn('Er is geen verbinding', 'Uw besluit is niet vastgelegd. Wat u invulde staat er nog. Probeer het zo weer.');
    },
    true, // before the guard against a second click, which would see a form that is on its way
  );
}
