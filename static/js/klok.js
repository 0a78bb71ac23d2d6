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
    time.textContent = duration(Math.max(0, Math.floor((Date.now() - start) / 1000)));
  }
}

if (document.querySelector('time[data-loopt]')) {
  tick();
  setInterval(() => document.hidden || tick(), 1000);
}
