// Many days become weeks, so that bars stay wide enough to be seen.

const MOST_DAYS = 120;

/**
 * @param points [{day, values}], in order; a value may be null
 * @param merge "sum" or "mean" (of the days that have a value)
 */
export function weekly(points, merge) {
  if (points.length <= MOST_DAYS) return Object.assign([...points], { weekly: false });
  const weeks = new Map();
  for (const point of points) {
    const monday = mondayOf(point.day);
    if (!weeks.has(monday)) weeks.set(monday, []);
    weeks.get(monday).push(point.values);
  }
  const merged = [...weeks].map(([day, rows]) => ({
    day,
    values: rows[0].map((_, i) => together(rows.map((row) => row[i]).filter((value) => value !== null), merge)),
  }));
  return Object.assign(merged, { weekly: true });
}

function together(values, merge) {
  if (values.length === 0) return null;
  const sum = values.reduce((a, b) => a + b, 0);
  return merge === "sum" ? sum : Math.round((sum / values.length) * 100) / 100;
}

function mondayOf(day) {
  const date = new Date(day);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
