/**
 * The leefgebieden: choosing a score opens the detail of that row, digits score the row that has the focus, and the count, the badge and
 * the wheel keep up. Without this file the radio buttons do all the work and the page shows the picture after saving.
 */

const WORDS = ['', 'acute problematiek', 'niet zelfredzaam', 'beperkt zelfredzaam', 'voldoende zelfredzaam', 'volledig zelfredzaam'];
const SVG = 'http://www.w3.org/2000/svg';
const CENTRE = [88, 59];
const RADIUS = 42;

const point = (index, score) => {
  const angle = (Math.PI / 4) * index - Math.PI / 2;
  const distance = (RADIUS * score) / 5;
  return [CENTRE[0] + distance * Math.cos(angle), CENTRE[1] + distance * Math.sin(angle)].map((value) => value.toFixed(1));
};

function draw(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const readScore = (row) => Number(row.querySelector('.skt-score input:checked')?.value || 0);

/** The wheel again, as skt/web/tekeningen.py draws it: what is unknown is not drawn. */
function redraw(svg, scores, labels) {
  for (const old of svg.querySelectorAll('.skt-radar__as, .skt-radar__vlak, .skt-radar__punt')) old.remove();
  const first = svg.querySelector('text');
  const add = (name, attributes) => svg.insertBefore(draw(name, attributes), first);
  scores.forEach((score, index) => {
    const [x2, y2] = point(index, score || 5);
    add('line', { class: `skt-radar__as${score ? ' is-vol' : ''}`, x1: CENTRE[0], y1: CENTRE[1], x2, y2 });
  });
  if (scores.every(Boolean)) {
    add('polygon', { class: 'skt-radar__vlak', points: scores.map((score, index) => point(index, score).join()).join(' ') });
  } else {
    scores.forEach((score, index) => {
      const next = (index + 1) % 8;
      if (!score || !scores[next]) return;
      add('polygon', { class: 'skt-radar__vlak', points: [CENTRE, point(index, score), point(next, scores[next])].join(' ') });
    });
  }
  scores.forEach((score, index) => {
    if (!score) return;
    const [cx, cy] = point(index, score);
    add('circle', { class: `skt-radar__punt${score <= 2 ? ' skt-radar__punt--laag' : ''}`, cx, cy, r: 4.5 });
  });
  [...svg.querySelectorAll('text')].forEach((text, index) => text.classList.toggle('is-vol', Boolean(scores[index])));
  const known = scores.map((score, index) => (score ? `${labels[index].toLowerCase()} ${score}` : '')).filter(Boolean);
  svg.setAttribute('aria-label', known.length ? `Score per leefgebied, van 1 (acuut) tot 5: ${known.join(', ')}.` : 'Nog geen leefgebied besproken.');
}

function refresh(matrix) {
  const rows = [...matrix.querySelectorAll('[data-gebied]')];
  const scores = rows.map(readScore);
  const labels = rows.map((row) => row.dataset.label);
  const known = scores.filter(Boolean);
  const count = matrix.querySelector('[data-dekking-tekst]');
  if (count) count.textContent = `${known.length} van 8`;
  matrix.querySelectorAll('.skt-dekking__balk i').forEach((bar, index) => bar.classList.toggle('is-vol', index < known.length));
  rows.forEach((row, index) => {
    const badge = row.nextElementSibling?.querySelector('[data-score] .skt-badge');
    if (!badge) return;
    badge.className = scores[index] ? `skt-badge skt-badge--score-${scores[index]}` : 'skt-badge';
    badge.textContent = scores[index] ? `${scores[index]} · ${WORDS[scores[index]]}` : 'niet besproken';
  });
  const svg = matrix.querySelector('.skt-radar');
  if (svg) redraw(svg, scores, labels);
  const caption = matrix.querySelector('[data-matrix-bijschrift]');
  if (!caption) return;
  const low = Math.min(...known);
  const lowest = labels.filter((_, index) => scores[index] === low).map((label) => label.toLowerCase());
  caption.replaceChildren();
  if (known.length) {
    const strong = document.createElement('b');
    strong.textContent = 'Laagste score:';
    caption.append(strong, ` ${lowest.join(', ')}.`, document.createElement('br'));
  }
  if (known.length < 8) caption.append('Lege assen zijn nog niet besproken.');
}

document.addEventListener('change', (event) => {
  const matrix = event.target.closest?.('[data-matrix]');
  const row = event.target.closest?.('[data-gebied]');
  if (!matrix || !row) return;
  if (event.target.closest('.skt-score')) {
    row.querySelector('.skt-matrix__naam input').checked = true;
    refresh(matrix);
  }
});

document.addEventListener('keydown', (event) => {
  const row = event.target.closest?.('[data-gebied]');
  if (!row || event.altKey || event.ctrlKey || event.metaKey || !/^[1-5nN]$/.test(event.key)) return;
  const value = /\d/.test(event.key) ? event.key : '';
  const radio = row.querySelector(`.skt-score input[value="${value}"]`);
  if (!radio) return;
  event.preventDefault();
  radio.focus();
  radio.click();
});
