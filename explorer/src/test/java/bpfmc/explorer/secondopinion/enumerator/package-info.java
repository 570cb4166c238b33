/**
 * A second opinion on what interleavings can do: runs encoded BPF with concrete numbers, every interleaving of every instruction that
 * touches shared memory, and nothing clever. Of bpfmc it uses the instruction decoder alone.
 *
 * <pre>
 * Setup      = MapSpec* + Agent* (a Program, where it runs) + Unknowns
 * World      = Elements + KeyTables + Runs + CPUs              one state, a plain object
 * Enumerator   all worlds that can be reached, what is wrong in each (Judge), how they end (End)
 *   Kernel       what a visible instruction or call does to the world
 *   Stepper      a run between two visible ones; where it stands (Op)
 * </pre>
 *
 * <h2>Meanings that are matters of definition</h2>
 * <ul>
 * <li>Unknown numbers (what memory holds at first, contexts, packets, random numbers) come from a small domain, chosen when they are first read.
 * Whether a key is in a map at first is chosen when it is first met, never more keys than the map has room for.
 * <li>An insertion takes any element that was freed, or one that nobody has seen, and may always fail with -E2BIG: other keys may
 * fill the map. A replacement takes the spare element of its CPU and leaves the old one as the next.
 * <li>A call that copies takes pieces of eight bytes from the start; what an update of a hash map copies into an element that it has just taken is one step with
 * the update.
 * <li>A run loses an update when it stores what was computed from a load of its own, over bytes of that load that another run has stored
 * to since. Bytes are those of the element, or those of the value of the same key. What a run has put anywhere itself and reads
 * again still comes from where it came, but not what it has stored in place, to the loaded bytes themselves.
 * <li>A compare-and-exchange loses nothing when what it compares with comes from the same load as what it stores.
 * <li>An update after the run's last lookup of the key found nothing loses what another run has inserted since, unless it says
 * BPF_NOEXIST or BPF_EXIST; the run's own insertion settles the miss.
 * <li>An address knows which binding of the element it was looked up in. Writing through it once that binding has ended is a stale write;
 * reading, once another key had the element since.
 * </ul>
 */
package bpfmc.explorer.secondopinion.enumerator;
