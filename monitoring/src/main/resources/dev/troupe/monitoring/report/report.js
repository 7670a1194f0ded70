
document.querySelectorAll("table.sortable").forEach(function (table) {
  var body = table.tBodies[0];
  table.querySelectorAll("th").forEach(function (head, column) {
    var down = false;
    function sort() {
      down = !down;
      function key(row) {
        var text = row.cells[column].textContent;
        var number = parseFloat(text);
        return isNaN(number) ? text : number;
      }
      function compare(a, b) {
        var x = key(a), y = key(b);
        if (typeof x !== typeof y) { return typeof x === "number" ? -1 : 1; }
        var order = typeof x === "number" ? x - y : x.localeCompare(y);
        return down ? order : -order;
      }
      Array.from(body.rows).sort(compare).forEach(function (row) { body.appendChild(row); });
    }
    if (head.textContent !== "") {
      head.setAttribute("role", "button");
      head.tabIndex = 0;
      head.addEventListener("click", sort);
      head.addEventListener("keydown", function (event) { if (event.key === "Enter") { sort(); } });
    }
  });
});
