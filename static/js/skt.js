/**
 * What every page gets on top of plain HTML: one send per form, focus on errors, htmx errors in words, pop-overs that
 * close, filters that send themselves. Without this file everything still works.
 */

const GIVE_UP = 15000;

/* A form is sent once. Not disabled before the browser has read the pressed button, so its name and value go along. */
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.eenmalig === 'nee' || form.method.toLowerCase() !== 'post' || event.defaultPrevented) return;
  if (form.getAttribute('aria-busy') === 'true') {
    event.preventDefault();
    return;
  }
  form.setAttribute('aria-busy', 'true');
  setTimeout(() => {
    for (const button of submitters(form)) {
      button.setAttribute('aria-busy', 'true');
      button.setAttribute('aria-disabled', 'true');
    }
  });
  setTimeout(release, GIVE_UP); // an answer that is a download leaves the page as it is
});

function submitters(form) {
  return [...form.elements].filter((element) => element.matches?.('button:not([type=button]), input[type=submit]'));
}

function release() {
  for (const element of document.querySelectorAll('form[aria-busy], form [aria-busy], button[aria-busy]')) {
    element.removeAttribute('aria-busy');
    element.removeAttribute('aria-disabled');
  }
}
/* back from the browser's cache, or after an answer by htmx */
addEventListener('pageshow', (event) => event.persisted && release());
document.addEventListener('htmx:afterRequest', release);

/* Focus goes to what asks for it: an error summary first, or with data-naar-eerste the first field that it names. */
function focusWanted(root) {
  const wanted = root.querySelector('[data-autofocus]');
  if (!wanted) return;
  wanted.focus();
  if (wanted.hasAttribute('data-naar-eerste')) wanted.querySelector('a[href^="#"]')?.click();
  if (wanted.matches('[data-fouten]') && !document.title.startsWith('Fout: ')) document.title = `Fout: ${document.title}`;
}
document.addEventListener('htmx:afterSwap', (event) => focusWanted(event.target));

/* A link of the error summary goes to a field that may lie in a closed part. */
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('[data-fouten] a[href^="#"]');
  if (!link) return;
  const field = document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  for (let part = field.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
  const row = field.closest('.skt-matrix__detail')?.previousElementSibling;
  row?.querySelector('.skt-matrix__naam input')?.click();
  field.focus();
  field.scrollIntoView({ block: 'center' });
});

/* What went wrong on the way, in words, above the page. */
function report(heading, text, link) {
  const template = document.getElementById('skt-bericht-fout');
  const region = document.getElementById('skt-berichten');
  if (!template || !region) return;
  const alert = template.content.cloneNode(true);
  alert.querySelector('[data-kop]').textContent = heading;
  const body = alert.querySelector('[data-tekst]');
  body.textContent = `${text} `;
  if (link) {
    const anchor = document.createElement('a');
    anchor.href = link.href;
    anchor.textContent = link.text;
    body.append(anchor);
  }
  region.replaceChildren(alert);
  region.scrollIntoView({ block: 'nearest' });
}

const sessionEnded = () =>
  report('U bent uitgelogd.', 'U was een tijd niet bezig. Wat u het laatst schreef, is nog niet bewaard: kopieer het als het nodig is.', {
    href: `${document.body.dataset.inloggen}?next=${encodeURIComponent(location.pathname + location.search)}`,
    text: 'Opnieuw inloggen',
  });
document.addEventListener('skt:sessie-verlopen', sessionEnded);
document.addEventListener('skt:nog-te-bewaren', (event) =>
  report('Nog niet bewaard.', 'In deze browser staat tekst van een gesprek die nog niet op de server staat.', { href: event.detail.url, text: 'Open dat gesprek, dan gaat het vanzelf' }),
);
document.addEventListener('htmx:responseError', (event) => {
  const { status } = event.detail.xhr;
  if (status === 401) sessionEnded();
  else if (status === 403) report('Dit mag u niet.', 'Misschien bent u intussen uitgelogd of is uw recht gestopt.', { href: location.href, text: 'Laad de pagina opnieuw' });
  else if (status === 404) report('Dit is er niet (meer).', 'Een collega heeft het misschien net veranderd.', { href: location.href, text: 'Laad de pagina opnieuw' });
  else report('Het lukte niet.', 'Er ging iets mis bij ons. Wat u schreef staat er nog. Probeer het over een minuut opnieuw.');
});
document.addEventListener('htmx:sendError', () => report('Geen verbinding.', 'Wat u schreef staat er nog. Controleer het netwerk en probeer het opnieuw.'));

/* Menus and pop-overs close on Escape and on a click elsewhere. */
const floating = '.skt-menu[open], .skt-uitleg--zweef[open]';
document.addEventListener('click', (event) => {
  for (const open of document.querySelectorAll(floating)) if (!open.contains(event.target)) open.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const open of document.querySelectorAll(floating)) {
    open.open = false;
    if (open.contains(document.activeElement)) open.querySelector('summary').focus();
  }
});

/* Filters send themselves; their button is for who has no JavaScript. */
function setUpFilters(root) {
  for (const form of root.querySelectorAll('form[data-filter]')) {
    for (const button of form.querySelectorAll('[data-filterknop]')) button.classList.add('skt-sr');
    if (form.dataset.klaar || form.hasAttribute('hx-get')) continue;
    form.dataset.klaar = 'ja';
    form.addEventListener('change', (event) => event.target.type !== 'search' && form.requestSubmit());
  }
}
setUpFilters(document);
document.addEventListener('htmx:load', (event) => setUpFilters(event.target));
focusWanted(document);
