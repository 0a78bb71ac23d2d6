/** Two sides changed one field: both texts, side by side, and the professional chooses. Nothing is overwritten before that. */

const panel = document.getElementById('botsingen');
const template = document.getElementById('botsing-sjabloon');

export const valuesOf = (form, name) =>
  new FormData(form).getAll(name).map((value) => value.replaceAll('\r\n', '\n')).filter(Boolean);

export function setField(form, name, values) {
  const found = form.elements.namedItem(name);
  if (!found) return;
  const all = found instanceof RadioNodeList ? [...found] : [found];
  for (const element of all) {
    if (element.type === 'checkbox' || element.type === 'radio') element.checked = values.includes(element.value) || (element.type === 'radio' && !values.length && element.value === '');
    else element.value = values[0] ?? '';
    element.dispatchEvent(new Event('skt:gezet', { bubbles: true }));
  }
}

function words(form, name, values) {
  const found = form.elements.namedItem(name);
  const first = found instanceof RadioNodeList ? found[0] : found;
  if (!values.length) return '(leeg)';
  if (first?.tagName === 'SELECT') return [...first.options].find((option) => option.value === values[0])?.label ?? values[0];
  return values.join(', ');
}

export function clearPanel() {
  panel?.replaceChildren();
  if (panel) panel.hidden = true;
}

/** `choose(name, values)` gets what the professional wants to stand there. */
export function showPanel(form, conflicts, labels, choose) {
  if (!panel || !template) return;
  panel.hidden = conflicts.size === 0;
  panel.replaceChildren();
  for (const [name, daar] of conflicts) {
    const mine = valuesOf(form, name);
    const part = template.content.cloneNode(true);
    part.querySelector('[data-veld]').textContent = labels.get(name) ?? name;
    part.querySelector('[data-hier]').textContent = words(form, name, mine);
    part.querySelector('[data-daar]').textContent = words(form, name, daar);
    part.querySelector('[data-houd=hier]').addEventListener('click', () => choose(name, valuesOf(form, name)));
    part.querySelector('[data-houd=daar]').addEventListener('click', () => choose(name, daar));
    const both = part.querySelector('[data-houd=beide]');
    both.hidden = form.elements.namedItem(name)?.tagName !== 'TEXTAREA';
    both.addEventListener('click', () => choose(name, [[daar[0], valuesOf(form, name)[0]].filter(Boolean).join('\n')]));
    panel.append(part);
  }
  if (conflicts.size) panel.scrollIntoView({ block: 'nearest' });
}
