/** Column names without doubles and blanks: a later `name` becomes `name2`. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((given, index) => {
    const wanted = given.trim() === '' ? `column${index + 1}` : given.trim();
    let name = wanted;
    for (let number = 2; used.has(name); number += 1) name = `${wanted}${number}`;
    used.add(name);
    return name;
  });
}
