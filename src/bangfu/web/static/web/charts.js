// Charts of what stands in the table beside them: <figure data-chart='{...}'> is drawn and shown; without this the table is all.
"use strict";
(() => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const TONES = { main: "--accent", alarm: "--error", warn: "--warn", soft: "--line-strong" };
  const FONT = getComputedStyle(document.body).fontFamily;
  const shown = (number) => number.toLocaleString("zh-CN", { maximumFractionDigits: 2 });
  const short = (number) => Math.abs(number) >= 1e8 ? `${shown(number / 1e8)}亿` : Math.abs(number) >= 1e4 ? `${shown(number / 1e4)}万` : shown(number);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const series = (told) => told.series.map((one, place) => ({
    name: one.name,
    type: "bar",
    stack: told.series.length > 1 ? "all" : undefined,
    barMaxWidth: 28,
    cursor: told.links.some(Boolean) ? "pointer" : "default",
    data: one.numbers.map((value, at) => ({ value, itemStyle: { color: colour(TONES[told.tones[at] ?? one.tone]) } })),
    itemStyle: { color: colour(TONES[one.tone]) },
    label: told.series.length > 1 ? undefined : {
      show: told.labels.length <= 16, position: told.lying ? "right" : "top", fontSize: 11, color: colour("--soft"),
      formatter: (bar) => bar.value ? short(bar.value) : "",
    },
  }));

  // Lines across stand on an axis of their own: that of names knows only whole bars.
  const marks = (told) => ({
    type: "line", xAxisIndex: 1, data: [], silent: true,
    markLine: {
      symbol: "none", silent: true, animation: false,
      lineStyle: { color: colour("--error"), type: "dashed" },
      label: { color: colour("--error"), fontSize: 11, formatter: (line) => line.name },
      data: told.marks.map(([at, name], count) => ({ xAxis: at, name, label: { align: "left", distance: [0, 4 + 14 * (told.marks.length - 1 - count)] } })),
    },
  });

  const option = (told, wide) => {
    const names = {
      type: "category", data: told.labels, inverse: told.lying, axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("--line-strong") } },
      axisLabel: { color: colour("--ink"), fontSize: 12, interval: told.lying || told.labels.length <= 12 && wide ? 0 : "auto", hideOverlap: true, width: told.lying ? 132 : 72, overflow: told.lying ? "truncate" : "break" },
    };
    const values = {
      type: "value", name: told.lying ? "" : told.unit, nameTextStyle: { color: colour("--soft") },
      splitLine: { lineStyle: { color: colour("--line") } },
      axisLabel: { color: colour("--soft"), fontSize: 11, formatter: short, hideOverlap: true },
    };
    return {
      animation: !still,
      animationDuration: 300,
      textStyle: { fontFamily: FONT },
      aria: { enabled: false },  // the table beside it says it better
      legend: told.series.length > 1 ? { top: 0, right: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: colour("--ink") } } : undefined,
      grid: { left: 8, right: told.lying ? 56 : 16, top: told.marks.length ? 24 + 16 * told.marks.length : 32, bottom: 8, containLabel: true },
      tooltip: {
        trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" }, confine: true,
        formatter: (bars) => [bars[0].name, ...bars.map((bar) => `${bar.seriesName} ${shown(bar.value ?? 0)} ${told.unit}`)].join("\n"),
      },
      xAxis: told.lying ? values : told.marks.length ? [names, { type: "value", min: 0, max: told.labels.length, show: false }] : names,
      yAxis: told.lying ? names : values,
      series: told.marks.length ? [...series(told), marks(told)] : series(told),
    };
  };

  const draw = (figure) => {
    const told = JSON.parse(figure.dataset.chart);
    figure.removeAttribute("hidden");
    figure.setAttribute("role", "img");
    figure.setAttribute("aria-label", `${told.title}的图，数字见旁边的表`);
    if (told.lying) figure.style.height = `${72 + 28 * told.labels.length}px`;
    const chart = echarts.init(figure, null, { renderer: "svg" });
    chart.setOption(option(told, figure.clientWidth > 560));
    chart.on("click", (bar) => { if (told.links[bar.dataIndex]) location.href = told.links[bar.dataIndex]; });
    new ResizeObserver(() => chart.resize()).observe(figure);
  };
  const drawAll = (within) => within.querySelectorAll?.("figure[data-chart][hidden]").forEach(draw);
  document.addEventListener("DOMContentLoaded", () => drawAll(document));
  document.addEventListener("htmx:afterSettle", () => drawAll(document));
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("figure[data-chart]").forEach((figure) => echarts.getInstanceByDom(figure)?.resize({ animation: undefined }));
  });
})();
