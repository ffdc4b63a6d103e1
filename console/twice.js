// What cannot be taken back is done by a second press: nothing is lost by a slip of the hand.

/**
 * @param {HTMLButtonElement} button
 * @param {string} words what the button says once it was pressed, until it loses the focus
 * @param {() => unknown} act
 */
export function pressTwice(button, words, act) {
  const before = button.textContent ?? "";
  let sure = false;
  button.addEventListener("click", () => {
    if (sure) return void act();
    sure = true;
    button.textContent = words;
  });
  button.addEventListener("blur", () => {
    sure = false;
    button.textContent = before;
  });
}
