/** Unpacks the scripts and data of a large page, and puts each in its place: data and library first, then the map. */
(() => {
  const say = (text) => {
    const message = document.getElementById("message");
    message.textContent = text;
    message.hidden = false;
  };

  const textOf = (packed) => {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };

  const place = (block, text) => {
    const script = document.createElement("script");
    if (block.dataset.becomes) script.type = block.dataset.becomes;
    if (block.dataset.id) script.id = block.dataset.id;
    script.textContent = text;
    block.replaceWith(script);
  };

  const unpack = async () => {
    const blocks = [...document.querySelectorAll("script[data-becomes]")];
    const texts = await Promise.all(blocks.map((block) => textOf(block.textContent)));
    blocks.forEach((block, i) => place(block, texts[i]));
  };

  if (typeof DecompressionStream === "undefined") {
    const able = "Chrome and Edge from version 92, Firefox from 113 and Safari from 16.4";
    say(`This browser is too old to open this map. ${able} open it.`);
  } else {
    unpack().catch(() => say("This file is damaged, so the map in it cannot be shown. Ask for it once more."));
  }
})();
