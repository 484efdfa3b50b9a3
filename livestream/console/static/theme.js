// Before the first paint, so that a chosen theme does not flash; a script of its own because the policy allows no inline one.
try {
  const theme = localStorage.getItem("livestream.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden: the system's theme shows.
}
