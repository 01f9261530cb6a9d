/** A database name of this run alone: two runs on one machine do not take each other's databases away. */
export function databaseName(story: string): string {
  return `fettle_story_${story}_${process.pid}`;
}
