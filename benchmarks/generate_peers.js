// Loads a workbook, puts values into cells and saves it, N times, with one library; prints CPU milliseconds each.
const fs = require("fs");
const path = require("path");
const [library, folder, inputFile, outputFile] = process.argv.slice(2);
const load = (name) => require(path.join(folder, "node_modules", name));
const job = JSON.parse(fs.readFileSync(inputFile, "utf8"));
const template = fs.readFileSync(library === "xlsx-template" ? job.tagged : job.template);

const makers = {
  exceljs: async (lib, values) => {
    const book = new lib.Workbook();
    await book.xlsx.load(template);
    for (const [sheet, cell, value] of values) book.getWorksheet(sheet).getCell(cell).value = value;
    return Buffer.from(await book.xlsx.writeBuffer());
  },
  "xlsx-populate": async (lib, values) => {
    const book = await lib.fromDataAsync(template);
    for (const [sheet, cell, value] of values) book.sheet(sheet).cell(cell).value(value);
    return book.outputAsync();
  },
  "xlsx-template": async (lib, values) => {
    const book = new lib(template);
    const named = Object.fromEntries(values.map(([, , value], index) => ["v" + index, value]));
    for (const sheet of job.sheets) book.substitute(sheet, named);
    return Buffer.from(await book.generate({ type: "uint8array" }));
  },
};

(async () => {
  const lib = load(library);
  const spent = [];
  let last;
  for (const values of job.projects) {
    const start = process.cpuUsage();
    last = await makers[library](lib, values);
    const used = process.cpuUsage(start);
    spent.push((used.user + used.system) / 1000);
  }
  fs.writeFileSync(outputFile, last);
  console.log(JSON.stringify({ version: load(library + "/package.json").version, spent }));
})();
