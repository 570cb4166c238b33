/**
 * Which agents run where: scenarios, and how they are chosen where nobody says it.
 *
 * <pre>
 * Scenario       agents on CPUs, at levels and ranks; rules; what is known at first
 * CpuRules       what may come between two steps of an agent on its own CPU
 * ScenarioSpace  what the scenarios that are tried by default are to cover
 *   Pairs        programs that share maps, one on each CPU
 *   Interrupts   programs on top of programs
 *   Alone        programs that share nothing
 * SharedMaps     through which maps the runs of programs can meet
 * Placements     which ways of placing the same agents differ in the numbers of CPUs only, by AlikeCpus
 * Contexts       where programs run, by section names or by what the user says
 * </pre>
 *
 * What a scenario's agents do together is in {@link bpfmc.explorer.system}.
 */
package bpfmc.explorer.scenario;
