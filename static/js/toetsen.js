/**
 * Keys: "/" searches, "?" shows the list, j and k walk through a list, and each [data-toets] has its own. Single letters can be switched
 * off in the user menu (WCAG 2.1.4); the choice is kept in this browser. Nothing is taken from who writes in a field.
 */

const STORE = 'skt-toetsen';
const STORE_ALT = 'skt-toetsen-alt';
const dialog = document.getElementById('skt-toetsenhulp');

function enabled() {
  try {
    return localStorage.getItem(STORE) !== 'uit';
  } catch {
    return true;
  }
}

function setEnabled(on) {
  try {
    localStorage.setItem(STORE, on ? 'aan' : 'uit');
  } catch {
    /* storage refused: the choice holds for this page only */
  }
  document.documentElement.toggleAttribute('data-toetsen-uit', !on);
}

/** Alt, or Ctrl+Alt where the browser keeps Alt with a digit for its tabs (Linux). */
function modifier() {
  try {
    return localStorage.getItem(STORE_ALT) === 'Ctrl+Alt' ? 'Ctrl+Alt' : 'Alt';
  } catch {
    return 'Alt';
  }
}

const wantedBy = (element) => element.dataset.toets.replace(/\bAlt\+/g, `${modifier()}+`);

/** What the buttons say, when it is not what the server wrote. */
function relabel() {
  for (const element of document.querySelectorAll('[data-toets*="Alt+"]')) {
    const keys = wantedBy(element);
    element.setAttribute('aria-keyshortcuts', keys.replaceAll('Ctrl', 'Control'));
    for (const kbd of element.querySelectorAll('kbd')) kbd.textContent = keys;
  }
}

const writes = (element) =>
  element?.isContentEditable ||
  element?.matches?.('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])');

/** In a list of choices a letter finds an option, in a date it does nothing: what the field itself can't use goes to another field of
 * its form, so that one needn't leave the field first. Never to something that leads elsewhere. */
let typed = '';
let typedAt = 0;
function usesItself(element, key) {
  if (element.matches('input[type=date]')) return !/^[a-z]$/i.test(key);
  if (!element.matches('select') || key.length > 1 || key === ' ') return true;
  typed = Date.now() - typedAt < 1_000 ? typed + key.toLowerCase() : key.toLowerCase();
  typedAt = Date.now();
  const wanted = new Set([typed, typed.replace(/^(.)\1+$/, '$1')]); // the same letter again: the next option with it
  return [...element.options].some((option) => [...wanted].some((start) => option.text.trim().toLowerCase().startsWith(start)));
}

const visible = (element) => element.getClientRects().length > 0 && !element.disabled;

/** "Alt+3", "Alt+Shift+1" and "n" against a key event; with Alt the place of the key counts, whatever the layout makes of it. */
function matches(wanted, event) {
  const parts = wanted.split('+');
  const key = parts.pop().toLowerCase();
  const modifiers = parts.map((part) => part.toLowerCase());
  if (event.altKey !== modifiers.includes('alt') || event.ctrlKey !== modifiers.includes('ctrl') || event.metaKey) return false;
  if (!modifiers.length) return event.key.toLowerCase() === key;
  if (event.shiftKey !== modifiers.includes('shift')) return false;
  const code = { '.': 'Period', ',': 'Comma' }[key] ?? (/^\d$/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`);
  return event.key.toLowerCase() === key || event.code === code;
}

const firstOf = (group) => [...group.querySelectorAll('input')].find(visible);

function showHelp() {
  if (!dialog || dialog.open) return;
  dialog.querySelector('[data-lijst-uitleg]').hidden = !document.querySelector('[data-lijst]');
  dialog.querySelector('[data-matrix-uitleg]').hidden = !document.querySelector('[data-matrix]');
  const part = dialog.querySelector('[data-pagina-uitleg]');
  part.querySelector('dl')?.remove();
  const list = part.appendChild(document.createElement('dl'));
  const seen = new Set();
  for (const element of document.querySelectorAll('[data-toets]')) {
    const keys = wantedBy(element);
    if (seen.has(keys)) continue;
    seen.add(keys);
    const key = document.createElement('kbd');
    key.className = 'skt-toets';
    key.textContent = keys;
    const term = document.createElement('dt');
    term.append(key);
    const does = document.createElement('dd');
    const copy = element.cloneNode(true);
    for (const kbd of copy.querySelectorAll('kbd')) kbd.remove();
    does.textContent = (element.dataset.toetsDoet || element.getAttribute('aria-label') || copy.textContent).trim();
    list.append(term, does);
  }
  part.hidden = seen.size === 0;
  dialog.showModal();
}

function rows() {
  return [...document.querySelectorAll('[data-lijst] [data-rij]')].filter(visible);
}

function walk(step) {
  const all = rows();
  if (!all.length) return false;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + step))];
  next.querySelector('a')?.focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

function tickRow() {
  const box = document.activeElement?.closest('[data-rij]')?.querySelector('input[type=checkbox]');
  box?.click();
  return Boolean(box);
}

const actions = {
  '/': () => {
    const search = [...document.querySelectorAll('[data-zoek]')].find(visible);
    search?.focus();
    search?.select();
    return Boolean(search);
  },
  '?': () => (showHelp(), true),
  j: () => walk(1),
  k: () => walk(-1),
  x: tickRow,
};

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || dialog?.open) return;
  /* out of a choice, so that the keys of the page work again */
  if (event.key === 'Escape' && event.target.matches?.('select')) return event.target.blur();
  const combined = event.altKey || event.ctrlKey || event.metaKey;
  const within = !combined && writes(event.target) ? event.target.form : null;
  if (!combined && (!enabled() || (writes(event.target) && (!within || usesItself(event.target, event.key))))) return;
  const own = [...(within ? within.querySelectorAll(':is(input, select, textarea, fieldset)[data-toets]') : document.querySelectorAll('[data-toets]'))].find(
    (element) => visible(element) && wantedBy(element).split(' ').some((wanted) => matches(wanted, event)),
  );
  if (own) {
    event.preventDefault();
    if (own.matches('input:not([type=checkbox], [type=radio]), select, textarea')) own.focus();
    else if (own.matches('fieldset')) (own.querySelector('input:checked') ?? firstOf(own))?.focus();
    else own.click();
    if (own.matches('summary') && own.parentElement.open) own.parentElement.querySelector('button, a[href], input')?.focus();
    return;
  }
  if (!combined && !within && actions[event.key]?.()) event.preventDefault();
});

setEnabled(enabled());
if (modifier() !== 'Alt') relabel();
document.addEventListener('htmx:load', () => modifier() !== 'Alt' && relabel());
if (dialog && document.querySelector('[data-toets*="Alt+"]')) {
  dialog.querySelector('[data-alt-keuze]').hidden = false;
  for (const radio of dialog.querySelectorAll('[data-alt]')) {
    radio.checked = radio.value === modifier();
    radio.addEventListener('change', () => {
      try {
        localStorage.setItem(STORE_ALT, radio.value);
      } catch {
        /* storage refused: Alt stays */
      }
      relabel();
      dialog.close();
      showHelp();
    });
  }
}
for (const item of document.querySelectorAll('[data-toetsen-keuze]')) item.hidden = false;
for (const box of document.querySelectorAll('[data-toetsen-aan]')) {
  box.checked = enabled();
  box.addEventListener('change', () => {
    setEnabled(box.checked);
    for (const other of document.querySelectorAll('[data-toetsen-aan]')) other.checked = box.checked;
  });
}
for (const button of document.querySelectorAll('[data-toetsenhulp]')) button.addEventListener('click', showHelp);
