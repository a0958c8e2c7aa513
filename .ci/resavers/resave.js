// node resave.js LIBRARY INPUT OUTPUT: opens a workbook with a library that units' systems use and saves it again.
const fs = require("fs");
const path = require("path");
const [library, input, output] = process.argv.slice(2);
const savers = {
  exceljs: async () => {
    const book = new (require("exceljs").Workbook)();
    await book.xlsx.readFile(input);
    await book.xlsx.writeFile(output);
  },
  sheetjs: async () => {
    const lib = require("xlsx");
    lib.writeFile(lib.readFile(input, { cellFormula: true, cellNF: true, cellStyles: true }), output);
  },
  excelize: async () => {
    const folder = path.dirname(require.resolve("excelize-wasm/package.json"));
    const lib = await require("excelize-wasm").init(path.join(folder, "excelize.wasm.gz"));
    const book = lib.OpenReader(new Uint8Array(fs.readFileSync(input)));
    if (book.error) throw new Error(book.error);
    fs.writeFileSync(output, book.WriteToBuffer().buffer);
  },
};
savers[library]().then(
  () => process.exit(0),
  (error) => { console.error(error); process.exit(1); },
);
