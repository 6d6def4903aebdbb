// Reads argument maps in Argdown. A list of texts as JSON on stdin; for each, as JSON on stdout: how many errors, its
// title, the texts of statements and arguments by name, and its relations. The argument is the folder of npm's packages.

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { ArgdownApplication, ParserPlugin, DataPlugin, ModelPlugin } = require(join(process.argv[2], "@argdown", "core"));

const application = new ArgdownApplication();
application.addPlugin(new ParserPlugin(), "parse-input");
application.addPlugin(new DataPlugin(), "build-model");
application.addPlugin(new ModelPlugin(), "build-model");

const name = (member) => (member.type === "argument" ? `<${member.title}>` : `[${member.title}]`);

function read(input) {
  const map = application.run({ input, process: ["parse-input", "build-model"], logLevel: "silent" });
  const texts = {};
  for (const each of [...Object.values(map.statements || {}), ...Object.values(map.arguments || {})]) {
    texts[name(each)] = each.members.map((member) => member.text).filter((text) => text);
  }
  return {
    errors: (map.parserErrors || []).length + (map.lexerErrors || []).length,
    title: (map.frontMatter || {}).title,
    texts,
    data: Object.fromEntries(Object.values(map.statements || {}).map((each) => [each.title, each.data || {}])),
    relations: (map.relations || []).map((each) => [each.relationType, name(each.from), name(each.to)]),
  };
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
