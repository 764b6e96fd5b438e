// Tables of commas, semicolons or tabs, with quotes as spreadsheets write them.

/** Rows of cells. The sign between cells is what the first line has most of. */
export function read(text) {
  const line = text.slice(0, text.search(/\r?\n|$/));
  const between = [",", ";", "\t"].sort((a, b) => line.split(b).length - line.split(a).length)[0];
  const rows = [];
  let row = [], cell = "", quoted = false;
  const body = text.replace(/^\ufeff/, "");
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (body[at + 1] === '"') { cell += '"'; at += 1; }
      else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === between) { row.push(cell); cell = ""; }
    else if (sign === "\n") { row.push(cell.replace(/\r$/, "")); rows.push(row); row = []; cell = ""; }
    else cell += sign;
  }
  if (cell || row.length) { row.push(cell); rows.push(row); }
  return rows.filter((cells) => cells.some((own) => own.trim()));
}

/** A table as text. What a spreadsheet would take for a formula is kept from being one. */
export function write(rows) {
  const cell = (value) => {
    const own = String(value ?? "");
    const plain = /^[=+@\t-]/.test(own) ? `'${own}` : own;
    return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
