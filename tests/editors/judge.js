// Judges documents by schemas with ajv: the first line has the schemas, each other line one document and its schema's place.
const Ajv = require("ajv/dist/2020");
const formats = require("ajv-formats");
const lines = require("readline").createInterface({ input: process.stdin });
let judges;
lines.on("line", (line) => {
  const given = JSON.parse(line);
  if (judges === undefined) {
    judges = given.map((schema) => formats(new Ajv({ strict: false })).compile(schema));
  } else {
    process.stdout.write(`${judges[given[0]](given[1])}\n`);
  }
});
