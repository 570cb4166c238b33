/**
 * Commands, exit codes and the composition root: the only code that prints or exits.
 */
package bpfmc.explorer.cli;
