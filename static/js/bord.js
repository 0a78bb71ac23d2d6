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
}

function setUpAll() {
  for (const board of document.querySelectorAll('[data-bord]')) setUp(board);
  if (!matchMedia('(hover: hover)').matches) return;
  for (const card of document.querySelectorAll('[data-bord] [data-verplaats-url]:not([draggable])')) {
    card.draggable = true;
    for (const link of card.querySelectorAll('a')) link.draggable = false; // the card moves, not its address
  }
}
setUpAll();
document.addEventListener('htmx:load', setUpAll);
document.addEventListener('skt:ververst', setUpAll);

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
