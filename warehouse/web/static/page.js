// What is handier with a script; all pages work without it.
"use strict";

for (const button of document.querySelectorAll("button.copy")) {
  const text = button.parentElement.querySelector(".citation");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent);
    button.classList.add("done");
  });
}

const editor = document.querySelector(".editor textarea");
if (editor) {
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.form.requestSubmit();
  });
}

// On narrow screens the filters would push the results out of sight.
const narrow = document.querySelector("details.narrow");
if (narrow && matchMedia("(max-width: 800px)").matches) narrow.open = false;
