// What this page asks of the server, so that signing out comes after the last answer: a request that arrives
// when its session is over would be refused for nothing.
const under_way = new Set<Promise<unknown>>();
const longest_wait_ms = 1000;
let leaving: Promise<void> | undefined;

// While somebody signs out nothing more is asked; only if that fails does it go on.
export async function sent(request: () => Promise<Response>): Promise<Response> {
  await leaving;
  const going = request();
  under_way.add(going);
  try {
    return await going;
  } finally {
    under_way.delete(going);
  }
}

export async function after_the_last(leave: () => Promise<void>) {
  let stay = () => {};
  leaving = new Promise((done) => {
    stay = done;
  });
  await Promise.race([
    Promise.allSettled([...under_way]),
    new Promise((done) => setTimeout(done, longest_wait_ms)),
  ]);
  try {
    await leave();
  } catch (wrong) {
    leaving = undefined;
    stay();
    throw wrong;
  }
}
