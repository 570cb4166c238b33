/**
 * What has to be known of Linux, as tables behind one face; nothing here asks a running kernel.
 *
 * <pre>
 * section name --Sections--> Section = program type + attach type + target + sleepable
 * Section --ExecutionContexts--> ExecutionContext = levels + masking + recursion guard
 * two ExecutionContexts --> Nesting* : how a run of one starts on top of a run of the other
 * helper number --Helpers--> Helper = result + arguments + effects
 * program type, context offset --ContextFields--> number or packet address
 * </pre>
 *
 * The tables are {@code sections.txt} and {@code helpers.txt} beside these classes, one line a fact, and the exhaustive
 * switch of {@code ExecutionContexts}, which a new program type breaks. The
 * facts are those of Linux 7.3 and libbpf 1.7 where nothing else is said; each class and table names the kernel files
 * it is taken from.
 */
package bpfmc.model.kernel;
