// Group commit: all that wait are kept in one transaction, and then each is answered.
export function grouped(keepAll) {
  let waiting = [];
  let isKeeping = false;

  async function keep() {
    isKeeping = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await keepAll(group.map(({ rows }) => rows));
        group.forEach(({ resolve }) => resolve());
      } catch (error) {
        group.forEach(({ reject }) => reject(error)); // one that fails takes its neighbours along
      }
    }
    isKeeping = false;
  }

  return (rows) =>
    new Promise((resolve, reject) => {
      waiting.push({ rows, resolve, reject });
      if (!isKeeping) {
        isKeeping = true;
        setImmediate(keep);
      }
    });
}
