/**
 * The advice beside the form of triage: the question ‘waarom beslist u anders?’ is there once somebody does. Without this file the
 * question is always there, and the server asks for what is missing.
 */

const WOORD = { uitkomst: 'de uitkomst', bord: 'het team', urgentie: 'de urgentie' };

function setUp(advies) {
  const form = document.getElementById('triage');
  const anders = advies.querySelector('[data-anders]');
  const zin = advies.querySelector('[data-anders-zin]');
  const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value ?? '';
  const differs = (name) => Boolean(advies.dataset[name]) && Boolean(chosen(name)) && chosen(name) !== advies.dataset[name];
  const show = () => {
    const delen = ['uitkomst', 'urgentie'].filter(differs);
    if (chosen('uitkomst') === 'aanmeldoverleg' && advies.dataset.uitkomst === 'aanmeldoverleg' && differs('bord')) delen.push('bord');
    anders.hidden = delen.length === 0 && !anders.querySelector('[aria-invalid]');
    if (delen.length) zin.textContent = `U kiest anders dan het advies: ${delen.map((deel) => WOORD[deel]).join(' en ')}.`;
  };
  form.addEventListener('change', show);
  show();
}

for (const advies of document.querySelectorAll('[data-advies]')) setUp(advies);
