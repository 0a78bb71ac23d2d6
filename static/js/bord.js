/**
 * The board: one column with a select on a narrow screen, and dragging a card, which fills in the card's own move form. The select and the
 * form do the same for the keyboard and for touch (WCAG 2.5.7).
 */

const DRAGGED = 'is-versleept';
const TARGET = 'is-doel';

function setUp(board) {
  const chooser = board.parentElement.querySelector('[data-kolomkiezer]');
  const select = chooser?.querySelector('select');
  if (!select || board.dataset.open !== undefined) return;
  chooser.hidden = false;
  const show = () => {
    board.dataset.open = select.value;
    for (const column of board.querySelectorAll('[data-kolom]')) column.classList.toggle('is-open', column.dataset.kolom === select.value);
  };
  select.addEventListener('change', show);
  show();
  if (!matchMedia('(hover: hover)').matches) return;
  for (const card of board.querySelectorAll('[data-verplaats-url]')) {
    card.draggable = true;
    for (const link of card.querySelectorAll('a')) link.draggable = false; // the card moves, not its address
  }
}

function setUpAll() {
  for (const board of document.querySelectorAll('[data-bord]')) setUp(board);
}
setUpAll();
document.addEventListener('htmx:load', setUpAll);

const formOf = (card) => card?.querySelector('.skt-kaart__verplaats form');
const fits = (card, column) => [...(formOf(card)?.elements.naar.options ?? [])].some((option) => option.value === column?.dataset.kolom);
let moving = null;

document.addEventListener('dragstart', (event) => {
  const card = event.target.closest?.('[data-verplaats-url]');
  if (!card) return;
  moving = card;
  card.classList.add(DRAGGED);
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', card.dataset.kaart);
});
document.addEventListener('dragend', () => {
  moving?.classList.remove(DRAGGED);
  moving = null;
  for (const list of document.querySelectorAll(`.${TARGET}`)) list.classList.remove(TARGET);
});
document.addEventListener('dragover', (event) => {
  const column = event.target.closest?.('[data-kolom]');
  for (const list of document.querySelectorAll(`.${TARGET}`)) list.classList.remove(TARGET);
  if (!moving || !column || column.contains(moving) || !fits(moving, column)) return;
  event.preventDefault();
  column.querySelector('.skt-kolom__lijst').classList.add(TARGET);
});
document.addEventListener('drop', (event) => {
  const column = event.target.closest?.('[data-kolom]');
  if (!moving || !column || !fits(moving, column)) return;
  event.preventDefault();
  const form = formOf(moving);
  form.elements.naar.value = column.dataset.kolom;
  form.requestSubmit();
});

/**
 * The board keeps itself fresh: every quarter of a minute it asks whether anything changed, and gets an empty answer when nothing did. Not
 * while somebody moves a card, not in a hidden tab, and not after ten minutes without a touch: an idle session must be able to end.
 */
const FRESH = 15_000;
const IDLE = 10 * 60_000;
let touched = Date.now();
for (const kind of ['pointerdown', 'keydown', 'wheel']) addEventListener(kind, () => (touched = Date.now()), { passive: true });

const isBusy = (part) => moving || document.hidden || Date.now() - touched > IDLE || part.querySelector('details[open]');

async function refresh() {
  const part = document.querySelector('[data-ververs]');
  if (!part || !window.htmx || isBusy(part)) return;
  const focused = document.activeElement?.closest?.('[data-kaart]')?.dataset.kaart;
  const column = part.querySelector('[data-kolomkiezer] select')?.value;
  const url = new URL(part.dataset.ververs, location.href);
  url.searchParams.set('stand', part.dataset.stand);
  if (column) url.searchParams.set('bekijkt', column);
  await window.htmx.ajax('GET', url.pathname + url.search, { target: '#bord', swap: 'outerHTML' });
  if (focused) document.querySelector(`[data-kaart="${CSS.escape(focused)}"] a`)?.focus();
}
if (document.querySelector('[data-ververs]')) setInterval(refresh, FRESH);
