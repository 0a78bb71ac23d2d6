/** Call timers: <time datetime="(ISO start)" data-loopt>06:42</time> counts on, once a second. */

function duration(seconds) {
  const pad = (number) => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return (hours ? [hours, pad(minutes), pad(seconds % 60)] : [pad(minutes), pad(seconds % 60)]).join(':');
}

function tick() {
  for (const time of document.querySelectorAll('time[data-loopt]')) {
    const start = Date.parse(time.dateTime);
    if (Number.isNaN(start)) continue;
    const seconds = Math.max(0, Math.floor((Date.now() - start) / 1000));
    time.textContent = duration(seconds);
    if (time.dataset.ruim) time.parentElement.classList.toggle('is-over', seconds > Number(time.dataset.ruim) * 60);
  }
}

let running = 0;
function begin() {
  if (!document.querySelector('time[data-loopt]')) return;
  tick();
  running ||= setInterval(() => document.hidden || tick(), 1000);
}
begin();
document.addEventListener('skt:ververst', begin);
