/**
 * Shared memory: what map elements hold, who owns their locks, which keys find them, and what every visible operation
 * does to all that. Values are immutable and canonical, so that the explorer can keep a number for each.
 *
 * <pre>
 * Element  = bytes written so far + owners of its locks          (what was never written is unknown, but fixed)
 * Bindings = KeyClass* + FreeElement*                             (one per map whose keys are followed)
 * KeyClass = the keys known to be equal + the element they find, or none
 * StoreBuffer = BufferedStore*                                    (what one CPU has stored and others do not see yet; one per CPU, or none)
 * MemoryModel = SequentialConsistency | TotalStoreOrder           (what every visible operation does, and who sees it when)
 * LockSteps = Acquire and Release as steps of a lock machine  (where a lock is more than its specification)
 * ResilientLock = bpf_res_spin_lock where it is one step: taken, or refused as the tables of the CPUs say
 * Outcome  = answer for the agent + changed parts + notices for the other agents
 * </pre>
 *
 * Facts on map behaviour are from kernel/bpf/hashtab.c and kernel/bpf/arraymap.c, Linux 7.3.
 */
package bpfmc.model.memory;
