/* Beside axe: the text that axe has to judge on its contrast. What looks the same as text that passed before, at another
   width or on another page, is left out: the same classes and the same computed colours all the way up. What axe
   couldn't judge, or wouldn't, is asked again the next time. */
window.proef = (() => {
  const MARK = "data-axe-kleur";
  const CONTROLS = "input, select, textarea, button";

  axe.configure({ rules: [{ id: "color-contrast", selector: `[${MARK}]` }] });

  const looks = new Map();
  function look(el) {
    if (!el) return "";
    if (!looks.has(el)) {
      const style = getComputedStyle(el);
      looks.set(el, [
        look(el.parentElement), el.localName, el.className, style.backgroundColor, style.backgroundImage, style.opacity,
        style.filter, style.mixBlendMode, style.position,
      ].join("|"));
    }
    return looks.get(el);
  }

  function number(text) {
    let one = 0xdeadbeef, two = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 2654435761);
      two = Math.imul(two ^ code, 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return 4294967296 * (2097151 & two) + (one >>> 0);
  }

  function colours(el) {
    const style = getComputedStyle(el);
    return number([
      look(el), style.color, style.fontSize, style.fontWeight, style.textShadow, el.placeholder ? "leeg" : "",
    ].join("|"));
  }

  function judged(el) {
    const control = el.closest("label")?.control ?? el.closest(CONTROLS);
    return el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !control?.disabled
      && !el.closest("[aria-disabled=true], [inert], [aria-hidden=true], fieldset:disabled");
  }

  function texts() {
    return [...document.body.querySelectorAll("*")].filter(el => el.matches(CONTROLS)
      || [...el.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  }

  return async (tags, known) => {
    looks.clear();
    const before = new Set(known);
    const marked = new Map();
    for (const el of texts()) {
      const found = colours(el);
      if (before.has(found)) continue;
      marked.set(el, found);
      el.setAttribute(MARK, "");
    }
    const { violations, incomplete } = await axe.run(document, {
      runOnly: { type: "tag", values: tags }, resultTypes: ["violations", "incomplete"], preload: false, elementRef: true,
    });
    const doubted = new Set([...violations, ...incomplete].filter(({ id }) => id === "color-contrast")
      .flatMap(({ nodes }) => nodes.map(({ element }) => marked.get(element))));
    const passed = new Set();
    for (const [el, found] of marked) {
      if (!doubted.has(found) && judged(el)) passed.add(found);
      el.removeAttribute(MARK);
    }
    for (const { nodes } of violations) nodes.forEach(node => delete node.element);
    return { violations, passed: [...passed] };
  };
})();
