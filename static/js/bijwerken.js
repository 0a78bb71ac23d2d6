/**
 * A page that keeps itself right: it asks whether anything changed and gets an empty answer when nothing did. When it can't, it says since
 * when it isn't right any more, and goes on trying. Not in a hidden tab, and not after ten minutes without a touch: an idle session must be
 * able to end.
 */

const IDLE = 10 * 60_000;
const PATIENCE = 8_000;
const SLOWEST = 15_000;

const clock = (moment) =>
  moment.toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam' });

/**
 * `url()` and `headers()` say what to ask; `apply(html)` shows what came. `every` in milliseconds. Returns { now, reaches }: ask at once,
 * and resolve when the page is right or known to be wrong; and whether the last question was answered.
 */
export function keepFresh({ every, url, headers = () => ({}), apply }) {
  const sign = () => document.querySelector('[data-bijgewerkt]');
  let right = new Date();
  let touched = Date.now();
  let failures = 0;
  let timer = 0;
  let running = null;
  let told = '';

  function say(text, wrong) {
    const part = sign();
    if (!part) return;
    part.querySelector('[data-tekst]').textContent = text;
    part.classList.toggle('is-oud', wrong);
    part.querySelector('[data-werk-bij]').hidden = !wrong;
    const news = wrong ? text : told ? 'Weer bijgewerkt.' : '';
    if (news !== part.querySelector('[data-meldt]').textContent) part.querySelector('[data-meldt]').textContent = news;
    told = wrong ? text : '';
  }
  const fresh = () => {
    right = new Date();
    failures = 0;
    say(`Bijgewerkt om ${clock(right)} uur`, false);
  };
  const stale = (why) => say(`Niet meer bijgewerkt sinds ${clock(right)} uur${why}`, true);

  async function ask() {
    try {
      const response = await fetch(url(), {
        headers: { 'HX-Request': 'true', ...headers() },
        signal: AbortSignal.timeout(PATIENCE),
        redirect: 'error',
      });
      if (response.status === 401) {
        document.dispatchEvent(new CustomEvent('skt:sessie-verlopen'));
        stale(': u bent uitgelogd.');
        return;
      }
      if (response.status === 404) {
        stale(': u kunt dit niet meer zien.');
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      showWatchers(response.headers.get('SKT-Meekijkers'));
      if (response.status !== 204) {
        apply(await response.text());
        document.dispatchEvent(new CustomEvent('skt:ververst'));
      }
      fresh();
    } catch {
      failures += 1;
      stale('. We blijven het proberen.');
    }
  }

  const now = async () => {
    clearTimeout(timer);
    if (running) await running;
    running = ask();
    await running;
    running = null;
    plan();
  };
  function plan() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (document.hidden) return;
      if (Date.now() - touched > IDLE) stale(': u was een tijd niet bezig.');
      else now();
    }, Math.min(SLOWEST, every * 2 ** failures));
  }

  for (const kind of ['pointerdown', 'keydown', 'wheel']) {
    addEventListener(
      kind,
      () => {
        const slept = Date.now() - touched > IDLE;
        touched = Date.now();
        if (slept) now();
      },
      { passive: true },
    );
  }
  addEventListener('online', now);
  addEventListener('offline', () => {
    failures = Math.max(failures, 1);
    stale(': er is geen verbinding.');
  });
  document.addEventListener('visibilitychange', () => document.hidden || now());
  document.addEventListener('click', (event) => event.target.closest?.('[data-werk-bij]') && now());
  plan();
  return { now, reaches: () => failures === 0 };
}

function showWatchers(count) {
  const part = document.querySelector('[data-meekijkers]');
  if (count === null || !part || part.dataset.meekijkers === count) return;
  part.dataset.meekijkers = count;
  part.textContent = count === '0' ? '' : `${count} ${count === '1' ? 'collega kijkt' : 'collega’s kijken'} mee`;
}

export const parse = (html) => new DOMParser().parseFromString(html, 'text/html');
