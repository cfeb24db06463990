// What a screen reader gets: the browser's own accessibility tree, read over its debugging protocol.

/** The tree of a page as a list of nodes that are not ignored, each with role, name, description and depth of groups. */
export async function announced(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  return nodes.filter((node) => !node.ignored).map((node) => ({
    role: node.role?.value ?? '', name: node.name?.value ?? '', description: node.description?.value ?? '',
    groups: groupsAround(node, byId), state: node.properties?.find((one) => one.name === 'checked')?.value?.value,
  }));
}

/** The names of the groups in which a node stands, the innermost first. */
function groupsAround(node, byId) {
  const names = [];
  for (let above = byId.get(node.parentId); above; above = byId.get(above.parentId)) {
    if (!above.ignored && ['group', 'radiogroup'].includes(above.role?.value)) names.push(above.name?.value ?? '');
  }
  return names;
}

/** What is wrong with how a page with questions is announced; an empty list when nothing is. */
export async function wronglyAnnounced(page) {
  const tree = await announced(page);
  const shown = await page.$$eval('form#f fieldset', (all) => all.map((one) => ({
    legend: (one.querySelector('legend')?.innerText ?? '').replace(/\s+/g, ' ').trim(),
    options: [...one.querySelectorAll('label')].map((label) =>
      (label.querySelector('select') ? label.querySelector('span') : label).innerText.replace(/\s+/g, ' ').trim()),
  })));
  const problems = shown.flatMap((question) => wrongQuestion(question, tree));
  for (const role of ['main', 'contentinfo', 'banner']) {
    const found = tree.filter((node) => node.role === role).length;
    if (found !== 1) problems.push(`${found} landmarks of the kind ${role}`);
  }
  const unnamed = tree.filter((node) => ['button', 'link', 'radio', 'textbox', 'checkbox', 'combobox', 'navigation', 'heading'].includes(node.role) && !node.name);
  return problems.concat(unnamed.map((node) => `a ${node.role} without a name`));
}

function wrongQuestion({ legend, options }, tree) {
  const problems = [];
  const groups = tree.filter((node) => ['group', 'radiogroup'].includes(node.role) && node.name === legend);
  if (groups.length !== 1) problems.push(`${groups.length} groups are named ${legend}`);
  if (groups.some((group) => group.description.includes(legend))) problems.push(`said twice: ${legend}`);
  const inside = tree.filter((node) => node.groups.includes(legend));
  if (inside.some((node) => node.groups.length !== 1)) problems.push(`groups stand in groups: ${legend}`);
  const texts = inside.filter((node) => node.role === 'StaticText').map((node) => node.name.trim());
  if (texts.filter((text) => text === legend).length !== 1) problems.push(`not written once: ${legend}`);
  const choices = inside.filter((node) => ['radio', 'checkbox', 'combobox'].includes(node.role));
  const names = choices.map((node) => node.name.replace(/\s+/g, ' ').trim());
  if (names.join('|') !== options.join('|')) problems.push(`${legend}: shown ${options}, announced ${names}`);
  return problems;
}
