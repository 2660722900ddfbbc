// What only the browser can do for the operations centre: remember choices, know its time zone and its ground,
// word a tooltip. Everything else is decided on the server.
"use strict";

window.cityedge = (() => {
  const said = document.currentScript.dataset;
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  let theme = said.theme;

  const isDark = () => theme === "dark" || (theme === "auto" && system.matches);
  const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

  function keep(name, value) {
    const secure = window.location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=strict${secure}`;
  }

  function paint() {
    root.dataset.theme = isDark() ? "dark" : "light";
  }

  function tell() {
    paint();
    const letters = parseFloat(getComputedStyle(root).fontSize);
    const view = { zone: zone(), dark: isDark(), width: window.innerWidth, letters };
    if (window.socket?.connected) emitEvent("cityedge_view", view);
  }

  function remember(name, value) {
    keep(name, value);
    if (name === "cityedge_theme") {
      theme = value;
      tell();
    }
  }

  function escaped(text) {
    const element = document.createElement("span");
    element.textContent = text;
    return element.innerHTML;
  }

  // The words of a bucket come with the item of the "nobody" series; the counts are the bars' own.
  function tooltip(items) {
    const words = items.map((item) => item.data?.words).find(Boolean) ?? [];
    const number = new Intl.NumberFormat(said.language);
    const rows = items
      .filter((item) => item.seriesType === "bar" && item.value[1] !== null)
      .map((item) => {
        const count = number.format(item.value[1]);
        return `<tr><td>${item.marker}${escaped(item.seriesName)}</td><td>${count}</td></tr>`;
      });
    const [head, ...rest] = words.map(escaped);
    return `<strong>${head ?? ""}</strong><br>${rest.join("<br>")}<table class="tip">${rows.join("")}</table>`;
  }

  paint();
  keep("cityedge_language", said.language);
  keep("cityedge_zone", zone());
  system.addEventListener("change", tell);
  let resizing;
  window.addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(tell, 250);
  });
  document.addEventListener("DOMContentLoaded", () => {
    const lost = document.querySelectorAll("#popup span");
    [said.lost, said.lostCure].forEach((text, nth) => lost[nth] && (lost[nth].textContent = text));
    window.socket?.on("connect", tell);
  });
  return { remember, tooltip };
})();
