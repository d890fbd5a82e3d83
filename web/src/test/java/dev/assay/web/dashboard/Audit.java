package dev.assay.web.dashboard;

import com.microsoft.playwright.Page;
import java.util.List;

/**
 * What makes a page unreadable for some: controls without a name, tables without headings, pictures
 * without a text, headings that are missing, text of too little contrast (WCAG 2.2 AA: 4.5 to 1, 3
 * to 1 for large text).
 */
final class Audit {
  private static final String SCRIPT =
      """
      () => {
        const problems = [];
        const visible = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        const tell = (what, node) => problems.push(`${what}: ${node.outerHTML.slice(0, 120)}`);
        if (document.querySelectorAll("h1").length !== 1) problems.push("not one h1");
        for (const node of document.querySelectorAll("input, select, button, a"))
          if (visible(node) && !(node.labels?.length || node.getAttribute("aria-label") || node.textContent.trim()))
            tell("no name", node);
        for (const node of document.querySelectorAll("img")) if (!node.hasAttribute("alt")) tell("no alt", node);
        for (const node of document.querySelectorAll("svg[role=img]")) if (!node.getAttribute("aria-label")) tell("no label", node);
        for (const node of document.querySelectorAll("table"))
          if (!node.caption || !node.querySelector("thead th[scope=col]")) tell("no caption or headings", node);
        const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
        if (new Set(ids).size !== ids.length) problems.push("an id twice");

        const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
          .getContext("2d", { willReadFrequently: true });
        const pixel = (colours) => {
          context.clearRect(0, 0, 1, 1);
          for (const colour of colours) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
          return [...context.getImageData(0, 0, 1, 1).data];
        };
        const ground = (node) => {
          const colours = [];
          for (let at = node; at; at = at.parentElement) colours.unshift(getComputedStyle(at).backgroundColor);
          return colours;
        };
        const light = ([r, g, b]) => {
          const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * x + 0.7152 * y + 0.0722 * z;
        };
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const node = texts.currentNode.parentElement;
          if (!texts.currentNode.data.trim() || !visible(node) || node.closest(".hidden, noscript, option, .skip")) continue;
          const style = getComputedStyle(node);
          const inSvg = node.namespaceURI.endsWith("svg");
          const under = ground(node);
          const [a, b] = [light(pixel(under)), light(pixel([...under, inSvg ? style.fill : style.color]))];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          const size = parseFloat(style.fontSize);
          const needed = size >= 24 || (size >= 18.6 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
          if (ratio < needed) tell(`contrast ${ratio.toFixed(2)} of "${texts.currentNode.data.trim().slice(0, 30)}"`, node);
        }
        return [...new Set(problems)].slice(0, 20);
      }
      """;

  private Audit() {}

  @SuppressWarnings("unchecked")
  static List<String> problems(Page page) {
    return (List<String>) page.evaluate(SCRIPT);
  }
}
