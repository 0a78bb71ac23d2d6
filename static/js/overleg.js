/**
 * The decision in an overleg, and the form of triage: only the fields that belong to what was chosen are in sight, and the candidates are
 * those of the chosen party. Without this file every field is there, and the server asks for what is missing.
 */

const checked = (form, name) => form.querySelector(`input[name="${name}"]:checked`)?.value ?? '';

/* data-alleen-bij="a|b": only with one of these besluiten. */
function showFields(form) {
  const besluit = checked(form, 'besluit');
  for (const part of form.querySelectorAll('[data-alleen-bij]')) {
    part.hidden = !part.dataset.alleenBij.split('|').includes(besluit);
  }
}

function showCandidates(form) {
  const choice = form.querySelector('[data-regiekeuze]');
  const partij = form.elements.partij.value;
  if (!choice) return;
  let seen = 0;
  for (const label of choice.querySelectorAll('[data-partij]')) {
    const fits = !partij || label.dataset.partij === partij;
    label.hidden = !fits;
    seen += fits ? 1 : 0;
    const radio = label.querySelector('input');
    if (!fits && radio.checked) radio.checked = false;
    label.querySelector('[data-organisatie]').hidden = Boolean(partij);
  }
  const none = choice.querySelector('[data-niemand]');
  if (none) none.hidden = seen > 0;
}

function setUpBesluit(form) {
  if (form.dataset.klaar) return;
  form.dataset.klaar = 'ja';
  form.addEventListener('change', (event) => {
    if (event.target.name === 'casusregisseur' && !form.elements.partij.value) {
      form.elements.partij.value = event.target.closest('[data-partij]').dataset.partij;
    }
    showFields(form);
    showCandidates(form);
  });
  showFields(form);
  showCandidates(form);
}

const NAAR_HULP = ['aanmeldoverleg', 'afspraak verdiepende intake', 'zelfstandig toekennen (mandaat)'];
/* The form of triage: who was warned only with the crisisroute, the team and the 0de lijn beside it only when it goes there. */
function setUpTriage(form) {
  const wrap = (name) => form.querySelector(`[name="${name}"]`)?.closest('.skt-veld');
  const crisis = [wrap('gewaarschuwd'), wrap('gewaarschuwd_op')];
  const bord = wrap('bord');
  const ernaast = [wrap('ernaast'), wrap('ernaast_toelichting')];
  const show = () => {
    const uitkomst = checked(form, 'uitkomst');
    for (const part of crisis) if (part) part.hidden = Boolean(uitkomst) && uitkomst !== 'crisisroute';
    for (const part of ernaast) if (part) part.hidden = !NAAR_HULP.includes(uitkomst);
    if (bord) bord.hidden = Boolean(uitkomst) && !['aanmeldoverleg', 'afspraak verdiepende intake'].includes(uitkomst);
  };
  form.addEventListener('change', show);
  show();
}

const setUpAll = () => document.querySelectorAll('[data-besluit]').forEach(setUpBesluit);
setUpAll();
document.addEventListener('skt:ververst', setUpAll);
for (const form of document.querySelectorAll('[data-triage]')) setUpTriage(form);

/* What is now is in sight, also in an agenda of forty lines. */
document.querySelector('.skt-agenda [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
