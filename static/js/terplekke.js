/** The session ended: log in on this very page and go on. The dialog never takes the cursor from somebody who is typing. */

const dialog = document.getElementById('skt-inloggen');

export function askLogin(done) {
  if (!dialog || dialog.open) return Boolean(dialog);
  const before = document.activeElement;
  dialog.show();
  before?.focus?.({ preventScroll: true });
  const form = dialog.querySelector('form');
  const says = dialog.querySelector('[data-zegt]');
  form.onsubmit = async (event) => {
    event.preventDefault();
    says.textContent = '';
    try {
      const start = await fetch(form.dataset.terPlekke, { headers: { 'HX-Request': 'true' } });
      const { csrf } = await start.json();
      const response = await fetch(form.dataset.terPlekke, {
        method: 'POST',
        body: new URLSearchParams(new FormData(form)),
        headers: { 'HX-Request': 'true', 'X-CSRFToken': csrf },
      });
      const found = response.headers.get('Content-Type')?.includes('json') ? await response.json() : {};
      form.elements.namedItem('password').value = '';
      if (response.ok) {
        if (dialog.contains(document.activeElement)) before?.focus?.();
        dialog.close();
        done(found.csrf);
      } else {
        says.textContent = found.zin || 'Het lukte niet. Wacht even en probeer het opnieuw.';
        form.elements.namedItem('password').focus();
      }
    } catch {
      says.textContent = 'Er is geen verbinding. Wat u schreef staat er nog. Probeer het zo weer.';
    }
  };
  return true;
}

export const closeLogin = () => dialog?.open && dialog.close();
