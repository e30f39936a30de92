// Small behaviours for Alpine's CSP build: templates name them in x-data, nothing is evaluated from a page.
document.addEventListener("alpine:init", () => {
  const opens = () => ({
    isOpen: false,
    get expanded() { return this.isOpen ? "true" : "false"; },
    toggle() { this.isOpen = !this.isOpen; },
    close() { this.isOpen = false; },
  });
  Alpine.data("menu", opens);
  Alpine.data("drawer", () => Object.defineProperties(opens(), {
    state: { get() { return this.isOpen ? "is-open" : ""; }, enumerable: true },
  }));
  Alpine.data("password", () => ({
    shown: false,
    get type() { return this.shown ? "text" : "password"; },
    get pressed() { return this.shown ? "true" : "false"; },
    toggle() { this.shown = !this.shown; },
  }));
  // chart or table
  Alpine.data("views", () => ({
    table: false,
    get isChart() { return !this.table; },
    get isTable() { return this.table; },
    get chartPressed() { return this.table ? "false" : "true"; },
    get tablePressed() { return this.table ? "true" : "false"; },
    showChart() { this.table = false; },
    showTable() { this.table = true; },
  }));
  // the columns of a file are chosen on the page, or a mapping reads them
  Alpine.data("mapping", () => ({
    how: "",
    init() { this.look(); },
    look() { this.how = this.$root.querySelector("input[name=how]:checked")?.value ?? "page"; },
    get byPage() { return this.how === "page"; },
  }));
  // how many rows are ticked, for the bar in a table's head
  Alpine.data("ticks", () => ({
    n: 0,
    init() { this.count(); },
    count() { this.n = this.$root.querySelectorAll("input.check[name]:checked").length; },
    get none() { return this.n === 0; },
    get some() { return this.n > 0; },
    get told() { return (this.$root.dataset.told || "{n}").replace("{n}", this.n); },
    get verb() { return (this.$root.dataset.verb || "{n}").replace("{n}", this.n); },
  }));
});
