/**
 * Shows on this machine what the explorer says: two programs run at once on two CPUs, again and again, and what they leave behind is held
 * against the explorer's own list of ways in which they can end.
 *
 * <pre>
 * Confirmation   a pair of programs: the table of outcomes, or why it cannot be run
 * PairChoice     which pairs, what memory holds at first, and what cannot be run
 * ImageNames     what is left behind, by the names of the source
 * StoreOrder     whether a processor may let a later load overtake a store
 * </pre>
 */
package bpfmc.explorer.confirm;
