/**
 * The board as it is now. What others change appears card by card: the card that holds the focus, an open menu and a card in the hand stay as
 * they are. A card that is moved goes without a new page; without this file its form does the same.
 */

import { keepFresh, parse } from './bijwerken.js';

const EVERY = 5_000;
const MOST_MARKS = 500;
const BY_ITSELF = 60;
const part = () => document.getElementById('bord');
const cardsOf = (root) => [...root.querySelectorAll('[data-kaart]')];
const held = () => part().querySelector('.is-versleept');
const newsOf = (card) => card?.querySelector('.skt-kaart__nieuws')?.textContent ?? '';
const depthOf = (link) => cardsOf(link.closest('[data-kolom]')).length;
const PARTS = ['.skt-kaart__kop a', 'summary', 'select', 'button'];
let show = '';
let wanted = ''; // where to look next: another depth of a column

/** What a card has open and where in it the focus is, to give to the card that takes its place. */
function stateOf(card) {
  const details = card.querySelector('details');
  return {
    open: Boolean(details?.open),
    chosen: card.querySelector('select')?.value,
    focus: PARTS.findIndex((selector) => card.querySelector(selector) === document.activeElement),
  };
}

function giveState(card, state) {
  const details = card.querySelector('details');
  if (details && state.open) details.open = true;
  const select = card.querySelector('select');
  if (select && [...select.options].some((option) => option.value === state.chosen)) select.value = state.chosen;
  if (state.focus >= 0) (card.querySelector(PARTS[state.focus]) ?? card.querySelector('a'))?.focus({ preventScroll: true });
}

/** Only what isn't in its place is moved, so that the rest keeps its focus. */
function place(list, nodes) {
  for (const old of cardsOf(list)) if (!nodes.includes(old) && old !== held()) old.remove();
  let here = list.firstElementChild;
  for (const node of nodes) {
    if (node === here) here = here.nextElementSibling;
    else list.insertBefore(node, here);
  }
}

function apply(html) {
  const fresh = parse(html).getElementById('bord');
  const board = part();
  if (!fresh || !board) return;
  const hand = held();
  const have = new Map(cardsOf(board).map((card) => [card.dataset.kaart, card]));
  const states = new Map([...have].map(([key, card]) => [key, stateOf(card)]));
  const changed = [];
  for (const column of fresh.querySelectorAll('[data-kolom]')) {
    const mine = board.querySelector(`[data-kolom="${column.dataset.kolom}"]`);
    const nodes = cardsOf(column).flatMap((card) => {
      const old = have.get(card.dataset.kaart);
      if (old && (old === hand || card.hasAttribute('data-zelfde'))) return [old];
      if (card.hasAttribute('data-zelfde')) return [];
      changed.push(card);
      return [document.adoptNode(card)];
    });
    place(mine.querySelector('.skt-kolom__lijst'), nodes);
    mine.querySelector('.skt-kolom__kop').replaceWith(column.querySelector('.skt-kolom__kop'));
    mine.querySelector('.skt-kolom__meer')?.remove();
    const more = column.querySelector('.skt-kolom__meer');
    if (more) mine.append(more);
  }
  for (const [key, state] of states) {
    const card = board.querySelector(`[data-kaart="${CSS.escape(key)}"]`);
    if (card && (card !== have.get(key) || (state.focus >= 0 && !card.contains(document.activeElement)))) giveState(card, state);
  }
  const chooser = board.querySelector('[data-kolomkiezer] select');
  for (const option of fresh.querySelectorAll('[data-kolomkiezer] option')) {
    const mine = [...chooser.options].find((one) => one.value === option.value);
    if (mine) mine.textContent = option.textContent;
  }
  board.dataset.stand = fresh.dataset.stand;
  board.dataset.ververs = fresh.dataset.ververs;
  const others = changed.filter((card) => card.dataset.kaart !== show && newsOf(card) && newsOf(card) !== newsOf(have.get(card.dataset.kaart)));
  for (const card of others) card.classList.add('is-nieuw');
  count();
}

/** How many cards others changed since one looked. */
function count() {
  const button = document.querySelector('[data-wijzigingen]');
  const fresh = part().querySelectorAll('.is-nieuw').length;
  if (!button) return;
  button.hidden = fresh === 0;
  button.textContent = fresh === 1 ? '1 wijziging sinds u keek' : `${fresh} wijzigingen sinds u keek`;
}
document.addEventListener('click', (event) => {
  if (!event.target.closest?.('[data-wijzigingen]')) return;
  const fresh = [...part().querySelectorAll('.is-nieuw')];
  for (const card of fresh) card.classList.remove('is-nieuw');
  fresh[0]?.querySelector('a')?.focus();
  fresh[0]?.scrollIntoView({ block: 'center' });
  count();
});

function address() {
  const board = part();
  const url = new URL(wanted || board.dataset.ververs, location.href);
  url.hash = '';
  url.searchParams.set('stand', wanted || show ? '' : board.dataset.stand);
  const column = board.querySelector('[data-kolomkiezer] select')?.value;
  if (column) url.searchParams.set('bekijkt', column);
  if (show) url.searchParams.set('laat', show);
  wanted = '';
  return url;
}
const marks = () =>
  cardsOf(part())
    .filter((card) => card.dataset.merk)
    .slice(0, MOST_MARKS)
    .map((card) => `${card.dataset.kaart}:${card.dataset.merk}`)
    .join(',');

function report(text, good) {
  const template = document.getElementById(good ? 'skt-bericht-gelukt' : 'skt-bericht-fout');
  const region = document.getElementById('skt-berichten');
  const says = document.querySelector('[data-bijgewerkt] [data-meldt]');
  if (good || !template || !region) {
    if (says) says.textContent = text;
    return;
  }
  const alert = template.content.cloneNode(true);
  alert.querySelector('[data-kop]').textContent = 'De kaart is niet verplaatst.';
  alert.querySelector('[data-tekst]').textContent = text;
  region.replaceChildren(alert);
}

function lookAt(nummer) {
  const key = nummer.replace(new RegExp(`^${new Date().getFullYear()}-`), '');
  const card = part().querySelector(`[data-kaart="${CSS.escape(key)}"]`);
  if (!card) return;
  card.querySelector('details')?.removeAttribute('open');
  card.querySelector('a')?.focus({ preventScroll: true });
  card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

if (part()?.dataset.ververs) {
  const live = keepFresh({
    every: EVERY,
    url: address,
    headers: () => ({ 'SKT-Heb': marks() }),
    apply,
  });

  /* A card is moved: the sentence comes back, then the board as it is, with this card in it wherever it stands. */
  document.addEventListener(
    'submit',
    async (event) => {
      const form = event.target.closest?.('#bord .skt-kaart__verplaats form');
      if (!form) return;
      event.preventDefault();
      if (form.getAttribute('aria-busy') === 'true') return;
      form.setAttribute('aria-busy', 'true');
      try {
        const response = await fetch(form.action, {
          method: 'POST',
          headers: { 'HX-Request': 'true' },
          body: new URLSearchParams(new FormData(form)),
          redirect: 'error',
        });
        if (response.status === 401) {
          document.dispatchEvent(new CustomEvent('skt:sessie-verlopen'));
          return;
        }
        const found = response.ok
          ? await response.json()
          : { gelukt: false, zin: 'U kunt deze kaart niet (meer) verplaatsen. Het bord is bijgewerkt.', laat: '' };
        show = found.laat;
        await live.now();
        report(found.zin, found.gelukt);
        lookAt(found.laat);
      } catch {
        report('Er is geen verbinding. De kaart staat nog waar zij stond. Probeer het zo weer.', false);
      } finally {
        form.removeAttribute('aria-busy');
        show = '';
      }
    },
    true,
  );

  /* ‘Toon nog 18’: the same board, deeper in one column. */
  document.addEventListener('click', (event) => {
    const more = event.target.closest?.('#bord .skt-kolom__meer');
    if (!more || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    deepen([more], more);
  });

  /* By itself as soon as it comes into sight, until a column is so deep that a filter helps more than looking on. */
  const eye = new IntersectionObserver((entries) => {
    const links = entries.filter((entry) => entry.isIntersecting && depthOf(entry.target) < BY_ITSELF).map((entry) => entry.target);
    if (links.length) deepen(links, links.find((link) => link === document.activeElement));
  });
  const watch = () => {
    eye.disconnect();
    for (const link of part().querySelectorAll('.skt-kolom__meer')) eye.observe(link);
  };
  watch();
  document.addEventListener('skt:ververst', watch);

  /** The columns of these links go deeper in one question; the focus on one of them goes to the first card that it brought. */
  async function deepen(links, held) {
    const url = new URL(part().dataset.ververs, location.href);
    const depths = new Map(url.searchParams.getAll('toon').map((one) => one.split('.')));
    for (const link of links) {
      const column = link.closest('[data-kolom]').dataset.kolom;
      depths.set(column, new URL(link.href).searchParams.getAll('toon').find((one) => one.startsWith(`${column}.`)).split('.')[1]);
    }
    url.searchParams.delete('toon');
    for (const [column, depth] of depths) url.searchParams.append('toon', `${column}.${depth}`);
    const column = held?.closest('[data-kolom]').dataset.kolom;
    const before = held ? depthOf(held) : 0;
    wanted = url.href;
    await live.now();
    if (column) part().querySelectorAll(`[data-kolom="${column}"] [data-kaart]`)[before]?.querySelector('a')?.focus();
  }
}
