/** Map elements guarded by a lock, and what happens to programs that do without it. */
package bpfmc.stress.maps;
